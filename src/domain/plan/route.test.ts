import { describe, expect, it } from "vitest";
import { isAppError } from "@/domain/errors";
import { isPlainHost, renderRoute } from "./route";
import type { RouteSpec } from "./types";

const running: RouteSpec = {
  serviceId: "svc_web",
  releaseId: "dep_one",
  hosts: ["shop-web.example.com", "www.example.com"],
  endpoints: [
    { host: "10.201.0.2", port: 3000 },
    { host: "fd00::2", port: 3000 },
  ],
  state: "running",
};

describe("renderRoute", () => {
  it("sends the hosts to every endpoint of the release", () => {
    expect(renderRoute(running)).toEqual({
      http: {
        routers: { "svc-web": { rule: "Host(`shop-web.example.com`) || Host(`www.example.com`)", service: "dep-one" } },
        services: {
          "dep-one": {
            loadBalancer: {
              passHostHeader: true,
              servers: [{ url: "http://10.201.0.2:3000" }, { url: "http://[fd00::2]:3000" }],
            },
          },
        },
      },
    });
  });

  it("keeps a stopped service's hosts, without servers and under a name that says so", () => {
    expect(renderRoute({ ...running, releaseId: null, endpoints: [], state: "stopped" })).toEqual({
      http: {
        routers: {
          "svc-web": { rule: "Host(`shop-web.example.com`) || Host(`www.example.com`)", service: "svc-web-stopped" },
        },
        services: { "svc-web-stopped": { loadBalancer: { passHostHeader: true, servers: [] } } },
      },
    });
  });

  it.each<[string, Partial<RouteSpec>, string]>([
    ["stopped wins over endpoints that are still there", { state: "stopped" }, "svc-web-stopped"],
    ["crashing with endpoints still tries them", { state: "crashing" }, "dep-one"],
    ["crashing without endpoints", { state: "crashing", endpoints: [] }, "svc-web-crashing"],
    ["running without endpoints answers nobody", { endpoints: [] }, "svc-web-crashing"],
    ["no release that ever ran", { releaseId: null }, "svc-web-crashing"],
  ])("%s", (_, change, backend) => {
    const { http } = renderRoute({ ...running, ...change });
    expect(http.routers["svc-web"]?.service).toBe(backend);
    expect(Object.keys(http.services)).toEqual([backend]);
  });

  it.each([
    "`) || PathPrefix(`/",
    "a.example.com`",
    "*.example.com",
    "Shop.example.com",
    "shop.example.com.",
    "shop..example.com",
    "shop_web.example.com",
    "-shop.example.com",
    "shop.example.com:8080",
    "{{ env `SECRET` }}",
    "bücher.example",
    "a.example.com\n",
    "",
    `${"a".repeat(64)}.example.com`,
    `${"a.".repeat(127)}com`,
  ])("refuses the host %j", (host) => {
    let thrown: unknown;
    try {
      renderRoute({ ...running, hosts: ["fine.example.com", host] });
    } catch (error) {
      thrown = error;
    }
    expect(isAppError(thrown, "invalid_input")).toBe(true);
  });

  it("refuses a route without hosts, which would match every request", () => {
    expect(() => renderRoute({ ...running, hosts: [] })).toThrow("needs a host name");
  });
});

describe("isPlainHost", () => {
  it.each(["localhost", "shop-web.localhost", "1.example.com", `${"a".repeat(63)}.example`])("admits %s", (host) => {
    expect(isPlainHost(host)).toBe(true);
  });
});
