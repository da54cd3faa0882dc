import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { settings } from "@/server/config/settings";
import { configurationTable, withConfigurationTable } from "./documentation/configuration-table";

it("is what the README has: after a change of the settings run `npm run config-table`", () => {
  const readme = readFileSync("README.md", "utf8");
  expect(readme).toBe(withConfigurationTable(readme, configurationTable(settings)));
});

it("replaces the table between the markers and nothing else", () => {
  const document = "a\n<!-- configuration:begin -->\nold\n<!-- configuration:end -->\nb";
  expect(withConfigurationTable(document, "new")).toBe(
    "a\n<!-- configuration:begin -->\n\nnew\n\n<!-- configuration:end -->\nb",
  );
  expect(() => withConfigurationTable("no markers", "new")).toThrow(/markers/);
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
