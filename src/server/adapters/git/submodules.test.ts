import { expect, test } from "vitest";
import { Secret } from "@/domain/secret";
import { parseGitmodules, submoduleLocation } from "./submodules";

test("reads path and address of each submodule", () => {
  const text =
    '[submodule "a"]\n\tpath = a\n\turl = ../a.git\n[core]\n\tpath = x\n[submodule "b"]\n  url="https://x.test/b"\n  path=deep/b\n  branch = main\n';
  expect(parseGitmodules(text)).toEqual([
    { path: "a", url: "../a.git" },
    { path: "deep/b", url: "https://x.test/b" },
  ]);
});

test.each([
  ["https://x.test/team/app.git", "../lib.git", "https://x.test/team/lib.git"],
  ["https://x.test/team/app.git/", "../../other/lib", "https://x.test/other/lib"],
  ["https://x.test/team/app", "./lib", "https://x.test/team/app/lib"],
  ["git@x.test:team/app.git", "../lib.git", "git@x.test:team/lib.git"],
  ["/srv/git/app", "../lib", "/srv/git/lib"],
  ["https://x.test/app", "https://y.test/lib", "https://y.test/lib"],
])("%s and %s give %s", (parent, url, expected) => {
  expect(submoduleLocation({ url: parent, token: null }, url).url).toBe(expected);
});

test.each([
  ["https://x.test/lib", true],
  ["../lib", true],
  ["https://y.test/lib", false],
  ["http://x.test/lib", false],
  ["https://x.test:8443/lib", false],
  ["ssh://x.test/lib", false],
])("the token goes along to %s: %s", (url, expected) => {
  const parent = { url: "https://x.test/app", token: new Secret("t") };
  expect(submoduleLocation(parent, url).token !== null).toBe(expected);
});
