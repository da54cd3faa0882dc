import { expect, it } from "vitest";
import { type Asked, describeOutage, excuse, type Outage } from "./outages";

const router: Outage = { what: "router", startedAt: 100, deadAt: 110, endedAt: 400 };
const docker: Outage = { what: "docker", startedAt: 1_000, deadAt: null, endedAt: 2_000 };
const asked = (failure: string | null, startedAt: number, endedAt = startedAt + 50): Asked => ({
  host: "app.example",
  failure,
  startedAt,
  endedAt,
});
const reset = "GET kept: ECONNRESET socket hang up";
const refused = "GET fresh: ECONNREFUSED connect ECONNREFUSED 127.0.0.1:8080";

it("excuses resets of what was under way when the router was killed, and nothing else of its outage", () => {
  const inItsHands = [asked(reset, 60), asked(reset, 105), asked("POST fresh: EPIPE write EPIPE", 99)];
  const ours = [asked(refused, 105), asked(reset, 111), asked(reset, 10), asked("GET kept: status 502", 90)];
  const { excused, others } = excuse([...inItsHands, ...ours, asked(null, 105)], [router, docker]);
  expect(excused).toEqual(inItsHands);
  expect(others).toEqual(ours);
});

it("excuses whatever was under way while the Engine was gone", () => {
  const during = [asked(refused, 1_500), asked("GET kept: status 502", 960), asked(reset, 2_000)];
  const after = asked(refused, 2_001);
  expect(excuse([...during, after], [router, docker])).toEqual({ excused: during, others: [after] });
});

it("says of a killed router what was counted, by kind", () => {
  const all = [asked(reset, 60), asked(reset, 61), asked(refused, 200), asked("GET fresh: status 502", 300)];
  expect(describeOutage([...all, asked(null, 390), asked(null, 450)], router)).toBe(
    "router: of 5 requests in the 0.3 s until applications answered, 2 were in the killed process's hands and got a reset " +
      "(2 x GET kept), 1 were refused, 1 failed otherwise; none was repeated",
  );
});
