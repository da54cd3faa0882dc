import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { expect, it } from "vitest";
import { Secret } from "@/domain/secret";
import { createCipher, deriveKey } from "./crypto";

const key = () => new Secret(randomBytes(32).toString("base64"));

it("returns what was encrypted, as a Secret that prints as [redacted]", () => {
  const cipher = createCipher(key());
  const secret = cipher.decrypt(cipher.encrypt("Grüezi"));
  expect(secret.reveal()).toBe("Grüezi");
  expect([`${secret}`, JSON.stringify(secret), inspect({ secret })].join()).not.toContain("Grüezi");
});

it("never encrypts the same text to the same value", () => {
  const cipher = createCipher(key());
  expect(cipher.encrypt("a")).not.toBe(cipher.encrypt("a"));
});

it("refuses a changed value and another key", () => {
  const cipher = createCipher(key());
  const stored = cipher.encrypt("password");
  const changed = stored.slice(0, -2) + (stored.endsWith("AA") ? "BB" : "AA");
  expect(() => cipher.decrypt(changed)).toThrow();
  expect(() => createCipher(key()).decrypt(stored)).toThrow();
});

it("refuses a missing or short key, and derives another one for sessions", () => {
  expect(() => createCipher(null)).toThrow("SECRET_KEY");
  expect(() => createCipher(new Secret("c2hvcnQ="))).toThrow("SECRET_KEY");
  const secret = key();
  expect(deriveKey(secret, "session")).not.toEqual(deriveKey(secret, "storage"));
});
