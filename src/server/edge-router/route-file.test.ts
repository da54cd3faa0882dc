import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { renderRoute } from "@/domain/plan/route";
import { readRouteFile } from "./route-file";

it("reads back what the platform renders", () => {
  const rendered = renderRoute({
    serviceId: "svc_web",
    releaseId: "dep_one",
    hosts: ["a.example.com", "b.example.com"],
    endpoints: [
      { host: "10.0.0.2", port: 3000 },
      { host: "fd00::2", port: 80 },
    ],
    state: "running",
  });
  expect(readRouteFile(stringify(rendered))).toEqual({
    routers: [
      {
        name: "svc-web",
        rule: "Host(`a.example.com`) || Host(`b.example.com`)",
        hosts: ["a.example.com", "b.example.com"],
        backend: "dep-one",
      },
    ],
    backends: [
      {
        name: "dep-one",
        urls: ["http://10.0.0.2:3000", "http://[fd00::2]:80"],
        endpoints: [
          { host: "10.0.0.2", port: 3000 },
          { host: "fd00::2", port: 80 },
        ],
      },
    ],
  });
});

describe("refuses, and says what", () => {
  const router = (rule: string, service = "s") =>
    stringify({ http: { routers: { r: { rule, service } }, services: { s: { loadBalancer: { servers: [] } } } } });
  const server = (url: unknown) => stringify({ http: { services: { s: { loadBalancer: { servers: [{ url }] } } } } });

  it.each([
    ["an empty file", "", "file is not a mapping"],
    ["a file cut in the middle", "http:\n  routers: {", "Flow map"],
    ["a file without http", "tcp: {}", "http is not a mapping"],
    ["a rule of another kind", router("PathPrefix(`/`)"), "not a list of Host"],
    ["a wildcard", router("Host(`*`)"), "not a list of Host"],
    ["a conjunction", router("Host(`a.example`) && Path(`/`)"), "not a list of Host"],
    ["a service that is not there", router("Host(`a.example`)", "other"), "does not define"],
    ["another protocol", server("h2c://10.0.0.1:80"), "is not http"],
    ["a path", server("http://10.0.0.1:80/admin"), "is not http"],
    ["a URL that is none", server("10.0.0.1"), "Invalid URL"],
    ["a number for a URL", server(7), "is not text"],
  ])("%s", (_, text, message) => {
    expect(() => readRouteFile(text)).toThrow(message);
  });
});
