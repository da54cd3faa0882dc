import { expect, test } from "vitest";
import { ClockDistance, LogTrust } from "./log-trust";

const openedAtMs = 1_000_000;
const line = (ms: number, bytes = 0) => ({
  stream: "stdout" as const,
  at: BigInt(ms) * 1_000_000n,
  text: "x".repeat(bytes),
});

/** Whether a line is believed that comes `lagMs` after it was printed, from a container that prints that much a second. */
function believed(mibPerSecond: number, lagMs: number, clocks = new ClockDistance()): boolean {
  const trust = new LogTrust(openedAtMs, clocks);
  const lineBytes = 16_384;
  const linesPerSecond = (mibPerSecond * 2 ** 20) / lineBytes;
  let last = true;
  for (let n = 1; n <= linesPerSecond; n += 1) {
    const printedAtMs = openedAtMs + Math.floor((1000 * n) / linesPerSecond);
    last = trust.holds(line(printedAtMs, lineBytes), printedAtMs + (n < linesPerSecond ? 0 : lagMs));
  }
  return last;
}

test("a stream is left once it may be a good part of a file behind", () => {
  expect(believed(40, 100)).toBe(true);
  expect(believed(40, 300)).toBe(false);
  expect(believed(1, 5_000)).toBe(true);
  expect(believed(1, 10_000)).toBe(false);
});

test("an Engine whose clock goes ahead is seen through", () => {
  const trust = new LogTrust(openedAtMs, new ClockDistance());
  const holds = (ms: number, lagMs: number) => trust.holds(line(openedAtMs + ms, 2 ** 20), openedAtMs + ms + lagMs);
  expect(holds(30_000, -20_000)).toBe(true);
  expect(holds(30_010, -19_900)).toBe(true);
  expect(holds(30_020, -19_000)).toBe(false);
});

test("what was printed before the stream was opened comes late and is believed", () => {
  const trust = new LogTrust(openedAtMs, new ClockDistance());
  expect(trust.holds(line(openedAtMs - 60_000, 2 ** 22), openedAtMs)).toBe(true);
  expect(trust.holds(line(openedAtMs, 2 ** 22), openedAtMs + 60_000)).toBe(true);
  expect(trust.holds(line(openedAtMs + 1, 2 ** 22), openedAtMs + 60_000)).toBe(false);
});

test("a time that goes back within one stream is a line given twice", () => {
  const trust = new LogTrust(openedAtMs, new ClockDistance());
  expect(trust.holds(line(5), openedAtMs)).toBe(true);
  expect(trust.holds({ ...line(3), stream: "stderr" }, openedAtMs)).toBe(true);
  expect(trust.holds(line(5), openedAtMs)).toBe(true);
  expect(trust.holds(line(4), openedAtMs)).toBe(false);
});
