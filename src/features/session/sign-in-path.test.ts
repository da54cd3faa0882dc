import { describe, expect, it } from "vitest";
import { safeDestination, signInPath } from "./sign-in-path";

describe("safeDestination", () => {
  it.each(["/projects/prj_1", "/services/svc_1/logs?replica=1", "/"])("keeps %s", (path) => {
    expect(safeDestination(path)).toBe(path);
  });

  it.each([
    null,
    "",
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/a\\b",
    "javascript:alert(1)",
    "projects",
    "/sign-in?next=/x",
    "/api/auth/signout",
  ])("refuses %j", (path) => {
    expect(safeDestination(path)).toBe("/projects");
  });
});

it("signInPath encodes where a person was headed", () => {
  expect(signInPath("/a?b=c&d=e")).toBe("/sign-in?next=%2Fa%3Fb%3Dc%26d%3De");
  expect(signInPath("/")).toBe("/sign-in");
});
