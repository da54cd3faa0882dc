import { expect, test } from "vitest";
import { findEscapingLink } from "./symlinks";

const escaping = (links: Record<string, string>) => findEscapingLink(new Map(Object.entries(links)));

test.each<[string, Record<string, string>]>([
  ["a file beside it", { link: "file" }],
  ["up and down again, inside", { "a/b/link": "../../c/d" }],
  ["itself by way of the root", { "a/link": "../a/file" }],
  ["through another link, inside", { "a/b/c/up": "../../..", other: "a/b/c/up/x" }],
])("stays inside: %s", (_, links) => expect(escaping(links)).toBeNull());

test.each<[string, Record<string, string>, string]>([
  ["an absolute path", { link: "/etc/passwd" }, "link"],
  ["above the root", { link: "../x" }, "link"],
  ["above the root by a detour", { "a/link": "b/../../../x" }, "a/link"],
  // `a/b/c/up/..` reads like `a/b/c`, but is the parent of the root.
  ["above the root through another link", { "a/b/c/up": "../../..", other: "a/b/c/up/../x" }, "other"],
  ["an endless loop", { a: "b", b: "a" }, "a"],
  ["a link that grows with each hop", { a: "a/a/x" }, "a"],
])("leads out: %s", (_, links, expected) => expect(escaping(links)).toBe(expected));
