import { expect, it } from "vitest";
import { ownLines, restoreInput } from "./restore-input";

const rules = {
  chains: { "hva-app": ["-j DROP"], "hva-away": [] },
  jumps: [{ from: "INPUT" as const, rule: "-i hva+ -j hva-app" }],
};
const saved = [
  "*mangle",
  ":INPUT ACCEPT [0:0]",
  ":hva-app - [0:0]",
  ":hva-old - [3:180]",
  ":hvb-app - [0:0]",
  "-A INPUT -i hvb+ -j hvb-app",
  "-A INPUT -i hva+ -j hva-app",
  "-A INPUT -i hva+ -j hva-app",
  "-A FORWARD -i hva+ -j hva-old",
  "-A hva-app -j DROP",
  "-A hvb-app -j DROP",
  "COMMIT",
].join("\n");

it("puts its rules in the place of what the instance had, doubled jumps included, and touches no other's", () => {
  expect(restoreInput(rules, "hva-", saved)).toBe(
    `*mangle
:hva-app - [0:0]
:hva-away - [0:0]
:hva-old - [0:0]
-D INPUT -i hva+ -j hva-app
-D INPUT -i hva+ -j hva-app
-D FORWARD -i hva+ -j hva-old
-I INPUT -i hva+ -j hva-app
-A hva-app -j DROP
-X hva-old
COMMIT
`,
  );
});

it("leaves nothing where nothing is wanted", () => {
  const input = restoreInput(null, "hva-", saved);
  expect(input).not.toMatch(/-[AI] /);
  expect(input).toMatch(/-X hva-app\n-X hva-old\nCOMMIT\n$/);
  expect(restoreInput(null, "hvc-", saved)).toBe("*mangle\n\nCOMMIT\n");
});

it("tells its own lines without their counters", () => {
  const counted = saved.replace(":hva-app - [0:0]", ":hva-app - [7:420]");
  expect(ownLines("hva-", counted)).toBe(ownLines("hva-", saved));
  expect(ownLines("hva-", saved)).not.toContain("hvb");
});
