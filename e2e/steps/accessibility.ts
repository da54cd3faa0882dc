import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type axe from "axe-core";
import type { Page } from "playwright/test";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core finds on the page, of the impacts that keep somebody from using it. */
export async function findViolations(page: Page): Promise<axe.Result[]> {
  // Evaluated by the debugger: as a script element the content security policy would refuse it, rightly.
  await page.evaluate(source);
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run()); // safe because the line before put it there
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical");
}

export function describeViolations(pageName: string, violations: axe.Result[]): string[] {
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${pageName}: ${id} at ${target.join(" ")}: ${failureSummary}`),
  );
}
