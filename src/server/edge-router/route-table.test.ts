import { expect, it, vi } from "vitest";
import { stringify } from "yaml";
import { renderRoute } from "@/domain/plan/route";
import { RouteTable } from "./route-table";

const file = (serviceId: string, releaseId: string, hosts: string[]) =>
  stringify(
    renderRoute({ serviceId, releaseId, hosts, endpoints: [{ host: "10.0.0.2", port: 80 }], state: "running" }),
  );

it("finds a host's backend, and another after the file changed", () => {
  const table = new RouteTable();
  table.apply([["svc-a.yml", file("svc_a", "dep_1", ["a.example"])]]);
  expect(table.find("a.example")?.backend.name).toBe("dep-1");
  table.apply([["svc-a.yml", file("svc_a", "dep_2", ["a.example"])]]);
  expect(table.find("a.example")?.backend.name).toBe("dep-2");
  expect([...table.backends.keys()]).toEqual(["dep-2"]);
  table.apply([["svc-a.yml", null]]);
  expect(table.find("a.example")).toBeUndefined();
  expect([...table.routers.keys()]).toEqual([]);
});

it("keeps the last good routes of a file that broke, and takes the others", () => {
  const table = new RouteTable();
  table.apply([["svc-a.yml", file("svc_a", "dep_1", ["a.example"])]]);
  const refused = table.apply([
    ["svc-a.yml", "http: ["],
    ["svc-b.yml", file("svc_b", "dep_2", ["b.example"])],
  ]);
  expect(refused.map(({ fileName }) => fileName)).toEqual(["svc-a.yml"]);
  expect(table.find("a.example")?.backend.name).toBe("dep-1");
  expect(table.find("b.example")?.backend.name).toBe("dep-2");
});

it("gives a host that two files claim to the first by name, whichever came first", () => {
  const table = new RouteTable();
  table.apply([["svc-b.yml", file("svc_b", "dep_b", ["both.example"])]]);
  table.apply([["svc-a.yml", file("svc_a", "dep_a", ["both.example"])]]);
  expect(table.find("both.example")?.backend.name).toBe("dep-a");
  table.apply([["svc-a.yml", null]]);
  expect(table.find("both.example")?.backend.name).toBe("dep-b");
});

it("tells once of a change of many files, and not of the same text again", () => {
  const table = new RouteTable();
  const changed = vi.fn();
  table.onChange(changed);
  const both: [string, string][] = ["a", "b"].map((id) => [
    `svc-${id}.yml`,
    file(`svc_${id}`, "dep_1", [`${id}.example`]),
  ]);
  table.apply(both);
  table.apply(both);
  table.apply([["svc-c.yml", null]]);
  expect(changed).toHaveBeenCalledTimes(1);
});
