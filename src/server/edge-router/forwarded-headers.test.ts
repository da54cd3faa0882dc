import type { IncomingHttpHeaders } from "node:http";
import { describe, expect, it } from "vitest";
import { readTrustedProxies, setForwardedHeaders } from "./forwarded-headers";

const forward = (headers: IncomingHttpHeaders, remoteAddress: string, trusted: string[] = []) => {
  const result = { ...headers };
  setForwardedHeaders(result, { remoteAddress }, readTrustedProxies(trusted));
  return result;
};

it("says who asked, for which host and how", () => {
  expect(forward({ host: "shop.example.com:8080", accept: "*/*" }, "::ffff:192.0.2.7")).toEqual({
    host: "shop.example.com:8080",
    accept: "*/*",
    "x-forwarded-for": "192.0.2.7",
    "x-forwarded-proto": "http",
    "x-forwarded-host": "shop.example.com:8080",
    "x-forwarded-port": "8080",
    "x-real-ip": "192.0.2.7",
  });
});

const claims = {
  host: "shop.example.com",
  "x-forwarded-for": "203.0.113.9",
  "x-forwarded-proto": "https",
  "x-forwarded-host": "admin.example.com",
  "x-forwarded-port": "443",
  "x-real-ip": "203.0.113.9",
};

it("believes none of a stranger's claims, whatever their spelling", () => {
  const others = {
    forwarded: "for=203.0.113.9",
    "x-forwarded-prefix": "/admin",
    x_forwarded_for: "203.0.113.9",
    "x-scheme": "https",
  };
  expect(forward({ ...claims, ...others }, "192.0.2.7")).toEqual({
    host: "shop.example.com",
    "x-forwarded-for": "192.0.2.7",
    "x-forwarded-proto": "http",
    "x-forwarded-host": "shop.example.com",
    "x-forwarded-port": "80",
    "x-real-ip": "192.0.2.7",
  });
});

it("believes a trusted proxy and adds it to the chain", () => {
  expect(forward(claims, "10.1.2.3", ["10.0.0.0/8", "fd00::/8"])).toEqual({
    ...claims,
    "x-forwarded-for": "203.0.113.9, 10.1.2.3",
  });
  expect(forward(claims, "fd00::1", ["fd00::/8"])["x-forwarded-for"]).toBe("203.0.113.9, fd00::1");
});

it("takes the port from the scheme where a trusted proxy names no port", () => {
  expect(forward({ host: "a.example", "x-forwarded-proto": "https" }, "10.0.0.1", ["10.0.0.1"])).toMatchObject({
    "x-forwarded-port": "443",
  });
});

describe("trusted proxies", () => {
  it.each(["example.com", "10.0.0.0/x", "10.0.0.0/99", "/8", ""])("refuses %j", (entry) => {
    expect(() => readTrustedProxies([entry])).toThrow(RangeError);
  });
});
