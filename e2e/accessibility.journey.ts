import { describeViolations, findViolations } from "./steps/accessibility";
import { visitEveryPage } from "./steps/every-page";
import { expect, test } from "./steps/test";

test.use({ expectedErrors: [/status of 404 .*\/nothing-is-here/] });

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test(`every page is accessible in the ${colorScheme} theme`, async ({ page, system }) => {
      const violations: string[] = [];
      await visitEveryPage(page, system, async (name) => {
        violations.push(...describeViolations(name, await findViolations(page)));
      });
      expect(violations).toEqual([]);
    });
  });
}
