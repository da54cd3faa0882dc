import { expect, it } from "vitest";
import { canInstall, installCommand, isDebian } from "./system-packages";

it.each([
  ['PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n', true],
  ['ID=linuxmint\nID_LIKE="ubuntu debian"\n', true],
  ["ID=ubuntu\nID_LIKE=debian\n", true],
  ['ID="fedora"\n', false],
  ["VARIANT_ID=debian\n", false],
  ["", false],
])("reads os-release %j", (text, expected) => {
  expect(isDebian(text)).toBe(expected);
});

it("installs as root on Debian alone, and otherwise says the command", () => {
  expect(canInstall({ debian: true, root: true })).toBe(true);
  expect(canInstall({ debian: true, root: false })).toBe(false);
  expect(installCommand({ debian: true, root: false }, ["git"])).toBe("sudo apt-get install git");
  expect(installCommand({ debian: false, root: true }, ["git"])).toContain("package manager");
});
