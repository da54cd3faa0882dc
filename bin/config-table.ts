/** `npm run config-table`: writes the README's tables of settings and of permissions from the modules that decide them. */
import { readFileSync, writeFileSync } from "node:fs";
import { withTables } from "./documentation/with-tables";

const file = "README.md";
writeFileSync(file, withTables(readFileSync(file, "utf8")));
console.log(`tables written to ${file}`);
