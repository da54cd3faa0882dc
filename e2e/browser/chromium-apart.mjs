#!/usr/bin/env node
/**
 * Chromium in a network namespace of its own, in Playwright's hands like any other. On the machine's network it breaks
 * off its requests (net::ERR_NETWORK_CHANGED) whenever an address comes or goes, which every container does that
 * starts or stops. In here there is a loopback, on it the ports of the system, and nothing that ever changes.
 */
import { execFileSync, spawn } from "node:child_process";
import { connect, createServer } from "node:net";

const { CHROMIUM_APART, CHROMIUM_DOORS = "{}" } = process.env;
const own = process.argv.slice(2);

if (CHROMIUM_APART === undefined) throw new Error("CHROMIUM_APART names Chromium's executable");
if (process.env.CHROMIUM_INSIDE === undefined) {
  enter("unshare", ["--net", process.execPath, import.meta.filename, ...own], { CHROMIUM_INSIDE: "yes" });
} else {
  execFileSync("busybox", ["ip", "link", "set", "lo", "up"]);
  for (const [port, door] of Object.entries(JSON.parse(CHROMIUM_DOORS))) await openDoor(Number(port), String(door));
  enter(CHROMIUM_APART, own, {});
}

/**
 * @param {number} port here
 * @param {string} door the socket that leads out
 */
function openDoor(port, door) {
  const server = createServer((inside) => {
    const outside = connect(door);
    inside.pipe(outside).pipe(inside);
    inside.on("error", () => outside.destroy());
    outside.on("error", () => inside.destroy());
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", () => resolve(undefined));
  });
}

/**
 * Runs a program with our descriptors, among them the pipe that Playwright speaks to Chromium by, and ends as it does.
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} environment
 */
function enter(program, args, environment) {
  const child = spawn(program, args, {
    stdio: ["inherit", "inherit", "inherit", 3, 4],
    env: { ...process.env, ...environment },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill());
  child.on("exit", (code) => process.exit(code ?? 1));
}
