import { expect, it } from "vitest";
import { describeEdgeContract } from "./edge-contract";
import { createFakeEdge } from "./fake-edge";

describeEdgeContract("fake", async () => ({ edge: createFakeEdge(), applyWithinMs: 100, close: async () => {} }));

it("counts and cuts what a test says is under way", async () => {
  const edge = createFakeEdge();
  const endpoint = { host: "127.0.0.1", port: 1 };
  edge.setInFlight(endpoint, 3);
  expect(await edge.inFlight([endpoint])).toBe(3);
  expect(await edge.cut([endpoint])).toBe(3);
  expect(await edge.inFlight([endpoint])).toBe(0);
});
