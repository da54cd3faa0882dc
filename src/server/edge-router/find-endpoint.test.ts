import { expect, it, vi } from "vitest";
import { stringify } from "yaml";
import { renderRoute } from "@/domain/plan/route";
import { EndpointSearch } from "./find-endpoint";
import { EndpointPicker } from "./pick-endpoint";
import { RouteTable } from "./route-table";

const file = (...ports: number[]) => release("dep_1", ports);
const release = (releaseId: string, ports: number[]) =>
  stringify(
    renderRoute({
      serviceId: "svc_a",
      releaseId,
      hosts: ["a.example"],
      endpoints: ports.map((port) => ({ host: "10.0.0.1", port })),
      state: "running",
    }),
  );

function search(ports: number[], reread: (table: RouteTable) => void = () => {}) {
  const table = new RouteTable();
  table.apply([["svc-a.yml", file(...ports)]]);
  const rereadFile = vi.fn(() => reread(table));
  const parts = { table, picker: new EndpointPicker(), reread: rereadFile };
  const asked: string[] = [];
  return { search: new EndpointSearch(parts, "a.example", (name) => asked.push(name)), table, rereadFile, asked };
}

/** Refuses all that is offered, and returns the ports in their order. */
function exhaust(tested: EndpointSearch): number[] {
  const ports: number[] = [];
  for (let endpoint = tested.next(); endpoint !== undefined; endpoint = tested.next()) {
    ports.push(endpoint.port);
    tested.refused(endpoint);
  }
  return ports;
}

it("offers each endpoint once, then looks at the file once, then ends", () => {
  const { search: tested, rereadFile } = search([1, 2]);
  expect(exhaust(tested)).toEqual([1, 2]);
  expect(rereadFile.mock.calls).toEqual([["svc-a.yml"]]);
});

it("goes on with what the file says by then", () => {
  const { search: tested } = search([1], (table) => void table.apply([["svc-a.yml", file(1, 9)]]));
  expect(exhaust(tested)).toEqual([1, 9]);
});

it("follows a route that moved between two attempts, and says whose endpoint it is", () => {
  const { search: tested, table, asked } = search([1, 2]);
  expect(tested.next()?.port).toBe(1);
  table.apply([["svc-a.yml", release("dep_2", [7])]]);
  expect(tested.next()?.port).toBe(7);
  expect(asked).toEqual(["dep-1", "dep-2"]);
});

it("ends when the service is no longer routed", () => {
  const { search: tested, table } = search([1]);
  table.apply([["svc-a.yml", null]]);
  expect(tested.next()).toBeUndefined();
});
