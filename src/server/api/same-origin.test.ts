import { describe, expect, it } from "vitest";
import { isSameOrigin } from "./same-origin";

const publicUrl = "https://cloud.example.com";

describe("isSameOrigin", () => {
  it.each<[string, Record<string, string>, boolean]>([
    ["our own page", { origin: publicUrl, "sec-fetch-site": "same-origin" }, true],
    ["our own page by another name", { origin: "http://127.0.0.1:3000", host: "127.0.0.1:3000" }, true],
    ["a program", {}, true],
    ["a foreign site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }, false],
    ["an application on the same site", { origin: "https://app.example.com", "sec-fetch-site": "same-site" }, false],
    [
      "an application on the same host, another port",
      { origin: "http://localhost:8080", host: "localhost:3000" },
      false,
    ],
    ["the same name without encryption", { origin: "http://cloud.example.com" }, false],
    ["a sandboxed frame", { origin: "null" }, false],
    ["an old browser's foreign page", { origin: "https://evil.example" }, false],
    ["a page that leaves Origin out", { "sec-fetch-site": "cross-site" }, false],
  ])("%s", (_name, headers, expected) => {
    expect(isSameOrigin(new Headers(headers), publicUrl)).toBe(expected);
  });
});
