/** `npm run config-table`: writes the README's table of settings from the configuration module. */
import { readFileSync, writeFileSync } from "node:fs";
import { settings } from "@/server/config/settings";
import { configurationTable, withConfigurationTable } from "./documentation/configuration-table";

const file = "README.md";
writeFileSync(file, withConfigurationTable(readFileSync(file, "utf8"), configurationTable(settings)));
console.log(`${Object.keys(settings).length} settings written to ${file}`);
