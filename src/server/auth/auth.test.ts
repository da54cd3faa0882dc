import { describe, expect, it } from "vitest";
import { readConfig } from "@/server/config";
import { ownAddress } from "./auth-options";
import { isBounded } from "./bounded-body";
import { clientAddress } from "./client-address";
import { readCookie, sessionCookie } from "./session-cookie";

describe("sessionCookie", () => {
  it("is for this host alone, out of reach of scripts and foreign posts; on https the browser enforces it", () => {
    const plain = sessionCookie(readConfig({}).config);
    expect(plain).toEqual({
      name: "helvetia.session",
      options: { httpOnly: true, sameSite: "lax", path: "/", secure: false },
    });
    const secure = sessionCookie(readConfig({ PUBLIC_URL: "https://cloud.example.com" }).config);
    expect(secure).toMatchObject({ name: "__Host-helvetia.session", options: { secure: true } });
    expect(Object.keys(secure.options)).not.toContain("domain");
  });
});

describe("readCookie", () => {
  it.each([
    ["a=1; s=x.y=z; b=2", "x.y=z"],
    ["s=1", "1"],
    [" s = 1 ", "1"],
    ["xs=1; s2=2", null],
    ["s=", null],
    ["", null],
    [null, null],
  ])("%j -> %j", (header, expected) => {
    expect(readCookie(header, "s")).toBe(expected);
  });
});

describe("clientAddress", () => {
  it.each([
    ["203.0.113.9", "203.0.113.9"],
    ["spoofed, 203.0.113.9", "203.0.113.9"],
    ["x".repeat(100), "x".repeat(45)],
    ["", null],
    [null, null],
  ])("%j -> %j", (header, expected) => {
    expect(clientAddress(header)).toBe(expected);
  });
});

describe("ownAddress", () => {
  const base = "https://cloud.example.com";
  it.each([
    ["/projects?a=1", `${base}/projects?a=1`],
    [`${base}/x`, `${base}/x`],
    ["https://evil.example/x", base],
    ["//evil.example", base],
    ["/\\evil.example", base],
    ["https://cloud.example.com.evil.example", base],
    ["https://cloud.example.com@evil.example", base],
    ["javascript:alert(1)", base],
    ["http://cloud.example.com/x", base],
    ["http://[", base],
  ])("%j -> %j", (url, expected) => {
    expect(ownAddress(url, base)).toBe(expected);
  });
});

describe("isBounded", () => {
  it.each([
    ["100", true],
    ["101", false],
    ["-1", false],
    ["1e1", false],
    [null, false],
  ])("%j -> %j", (length, expected) => {
    expect(isBounded(new Headers(length === null ? {} : { "content-length": length }), 100)).toBe(expected);
  });
});
