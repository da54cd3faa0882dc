import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { stringify } from "yaml";
import { renderRoute } from "@/domain/plan/route";
import { createLogger } from "@/server/log";
import { RouteTable } from "./route-table";
import { type RoutesWatch, watchRoutes } from "./watch-routes";

let parent: string;
let directory: string;
let table: RouteTable;
let watching: RoutesWatch | undefined;
const log = createLogger("test", "silent");

const text = (releaseId: string, host = "a.example") =>
  stringify(
    renderRoute({
      serviceId: "svc_a",
      releaseId,
      hosts: [host],
      endpoints: [{ host: "10.0.0.2", port: 80 }],
      state: "running",
    }),
  );

function replace(name: string, content: string): void {
  const temporary = path.join(directory, `.${name}.tmp`);
  writeFileSync(temporary, content);
  renameSync(temporary, path.join(directory, name));
}

const routed = (host: string) => table.find(host)?.backend.name;

beforeEach(() => {
  parent = mkdtempSync(path.join(tmpdir(), "routes-"));
  directory = path.join(parent, "routes");
  mkdirSync(directory);
  table = new RouteTable();
});
afterEach(() => {
  watching?.close();
  rmSync(parent, { recursive: true });
});

it("knows the files that were there before it returns", () => {
  replace("svc-a.yml", text("dep_1"));
  watching = watchRoutes(directory, table, log);
  expect(routed("a.example")).toBe("dep-1");
});

it("makes the directory where there is none", () => {
  rmSync(directory, { recursive: true });
  watching = watchRoutes(directory, table, log);
  expect(existsSync(directory)).toBe(true);
});

it("follows files that appear, change and go", async () => {
  watching = watchRoutes(directory, table, log);
  replace("svc-a.yml", text("dep_1"));
  await expect.poll(() => routed("a.example"), { interval: 5 }).toBe("dep-1");
  replace("svc-a.yml", text("dep_2"));
  await expect.poll(() => routed("a.example"), { interval: 5 }).toBe("dep-2");
  rmSync(path.join(directory, "svc-a.yml"));
  await expect.poll(() => routed("a.example"), { interval: 5 }).toBeUndefined();
});

it("ignores files that are still being written", async () => {
  watching = watchRoutes(directory, table, log);
  writeFileSync(path.join(directory, ".svc-b.yml"), text("dep_9", "b.example"));
  writeFileSync(path.join(directory, ".svc-b.yml.tmp"), text("dep_9", "b.example"));
  replace("svc-a.yml", text("dep_1"));
  await expect.poll(() => routed("a.example"), { interval: 5 }).toBe("dep-1");
  expect(routed("b.example")).toBeUndefined();
});

it("keeps the last good route of a broken file, says so once, and takes the repaired file", async () => {
  const complain = vi.spyOn(log, "error");
  watching = watchRoutes(directory, table, log, 20);
  replace("svc-a.yml", text("dep_1"));
  await expect.poll(() => routed("a.example"), { interval: 5 }).toBe("dep-1");
  replace("svc-a.yml", "http: [");
  await expect.poll(() => complain.mock.calls.length).toBe(1);
  writeFileSync(path.join(directory, "notes.txt"), "makes the next rescan read everything again");
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(complain).toHaveBeenCalledTimes(1);
  expect(routed("a.example")).toBe("dep-1");
  replace("svc-a.yml", text("dep_2"));
  await expect.poll(() => routed("a.example"), { interval: 5 }).toBe("dep-2");
});

it("finds its way when the directory was replaced, for which no event comes", async () => {
  replace("svc-a.yml", text("dep_1"));
  watching = watchRoutes(directory, table, log, 20);
  renameSync(directory, path.join(parent, "old"));
  mkdirSync(directory);
  replace("svc-b.yml", text("dep_2", "b.example"));
  await expect.poll(() => routed("b.example"), { interval: 5 }).toBe("dep-2");
  expect(routed("a.example")).toBeUndefined();
  replace("svc-b.yml", text("dep_3", "b.example"));
  await expect.poll(() => routed("b.example"), { interval: 5 }).toBe("dep-3");
});

it("reads a single file again at once when asked", () => {
  watching = watchRoutes(directory, table, log);
  replace("svc-a.yml", text("dep_1"));
  watching.reread("svc-a.yml");
  expect(routed("a.example")).toBe("dep-1");
});
