import { expect, it } from "vitest";
import { bridgeName, bridgePrefix } from "./naming";

it("bridges of an instance share a beginning that other instances do not, within the kernel's 15 characters", () => {
  const ids = ["default", "a1b2c3d4", "a1b2c3d5", "test-1", "ä", ""];
  expect(new Set(ids.map(bridgePrefix)).size).toBe(ids.length);
  expect(bridgePrefix("default")).toBe("hvjmmuu");
  expect(bridgeName("default", "env_7hae51br98r302jkdvy4")).toBe("hvjmmuu7hae51br");
  for (const id of ids) expect(bridgeName(id, "env_7hae51br98r302jkdvy4")).toMatch(/^hv[0-9a-v]{5}7hae51br$/);
});
