import { expect, it } from "vitest";
import { describeAction, describeActor, describeResource } from "./describe-entry";

const user = { type: "user" as const, id: "usr_1", name: "Ada", email: "ada@example.com" };
const project = { type: "project", id: "prj_1", name: null, path: null };

it.each([
  [user, "Ada"],
  [{ ...user, name: null, email: null }, "Somebody whose account is gone"],
  [{ type: "system" as const, id: null, name: null, email: null }, "The platform"],
  [{ type: "webhook" as const, id: null, name: null, email: null }, "A webhook"],
])("says who: %j", (actor, text) => {
  expect(describeActor({ actor })).toBe(text);
});

it("says what, also of an action that is not known any more", () => {
  expect(describeAction({ action: "project.create" })).toBe("created the project");
  expect(describeAction({ action: "toString" })).toBe("toString");
});

it.each([
  [{ ...project, name: "Shop" }, { name: "Old name" }, "Shop"],
  [project, { name: "Old name" }, "Old name"],
  [project, {}, "one that is gone"],
])("says of what: %j %j", (resource, detail, text) => {
  expect(describeResource({ actor: user, action: "project.rename", resource, detail })).toBe(text);
});
