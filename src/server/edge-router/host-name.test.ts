import { expect, it } from "vitest";
import { hostName, hostPort } from "./host-name";

it.each([
  ["shop.example.com", "shop.example.com", null],
  ["Shop.Example.COM:8080", "shop.example.com", "8080"],
  ["shop.example.com.", "shop.example.com", null],
  ["shop.example.com.:80", "shop.example.com", "80"],
  ["[::1]:8080", "[::1]", "8080"],
  ["", "", null],
  [undefined, "", null],
])("reads %j", (header, host, port) => {
  expect(hostName(header)).toBe(host);
  expect(hostPort(header)).toBe(port);
});
