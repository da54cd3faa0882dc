import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { configurationTable } from "./documentation/configuration-table";
import { permissionRows } from "./documentation/permission-table";
import { withTable } from "./documentation/with-table";
import { withTables } from "./documentation/with-tables";

it("is what the README has: after a change of settings or permissions run `npm run config-table`", () => {
  const readme = readFileSync("README.md", "utf8");
  expect(readme).toBe(withTables(readme));
});

it("replaces the table between the markers and nothing else", () => {
  const document = "a\n<!-- configuration:begin -->\nold\n<!-- configuration:end -->\nb";
  expect(withTable(document, "configuration", "new")).toBe(
    "a\n<!-- configuration:begin -->\n\nnew\n\n<!-- configuration:end -->\nb",
  );
  expect(() => withTable("no markers", "configuration", "new")).toThrow(/markers/);
});

it("shows default, range and choices", () => {
  const table = configurationTable({
    PORT: { kind: "integer", default: 8, min: 1, max: 9, description: "A port." },
    LEVEL: { kind: "choice", default: "b", choices: ["a", "b"], description: "A level." },
    KEY: { kind: "string", default: null, shownDefault: "made", secret: true, description: "A key." },
  });
  expect(table.split("\n").slice(2)).toEqual([
    "| `PORT` | `8` | 1 to 9 | A port. |",
    "| `LEVEL` | `b` | `a`, `b` | A level. |",
    "| `KEY` | made | secret | A key. |",
  ]);
});

it("shows who may do what", () => {
  const rows = permissionRows().split("\n");
  expect(rows[0]).toBe("| Permission | viewer | developer | admin | owner |");
  expect(rows).toContain("| `service.read` | yes | yes | yes | yes |");
  expect(rows).toContain("| `project.delete` |  |  | yes | yes |");
});
