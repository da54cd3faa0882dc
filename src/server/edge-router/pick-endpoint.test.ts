import { expect, it } from "vitest";
import { endpointKey } from "./in-flight";
import { EndpointPicker, suspectMs } from "./pick-endpoint";
import type { Backend } from "./route-file";

const endpoints = [1, 2, 3].map((port) => ({ host: "10.0.0.1", port }));
const backend: Backend = { name: "dep-1", urls: [], endpoints };
const [one, two, three] = endpoints.map(endpointKey) as [string, string, string];
const none = new Set<string>();
const ports = (picker: EndpointPicker, count: number) =>
  Array.from({ length: count }, () => picker.next(backend, none)?.port);

it("takes turns", () => {
  expect(ports(new EndpointPicker(), 4)).toEqual([1, 2, 3, 1]);
});

it("leaves out what was tried, and ends when all were", () => {
  const picker = new EndpointPicker();
  expect(picker.next(backend, new Set([one, three]))?.port).toBe(2);
  expect(picker.next(backend, new Set([one, two, three]))).toBeUndefined();
  expect(picker.next({ ...backend, endpoints: [] }, none)).toBeUndefined();
});

it("passes over an endpoint that took no connection, for a while", () => {
  let now = 0;
  const picker = new EndpointPicker(() => now);
  picker.suspect(two);
  expect(ports(picker, 4)).toEqual([1, 3, 3, 1]);
  now = suspectMs;
  expect(ports(picker, 3)).toEqual([2, 3, 1]);
});

it("still tries suspects when nothing else is left", () => {
  const picker = new EndpointPicker(() => 0);
  for (const key of [one, two, three]) picker.suspect(key);
  expect(picker.next(backend, none)?.port).toBe(1);
});

it("forgets what is no longer routed", () => {
  const picker = new EndpointPicker(() => 0);
  picker.next(backend, none);
  picker.suspect(two);
  picker.forgetExcept(new Map(), () => false);
  expect(ports(picker, 2)).toEqual([1, 2]);
});
