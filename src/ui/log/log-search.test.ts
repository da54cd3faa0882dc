import { expect, it } from "vitest";
import { describeSearch, type LogSearch } from "./log-search";

const search = (change: Partial<LogSearch>): LogSearch => ({
  query: "x",
  setQuery: () => undefined,
  count: 0,
  status: "done",
  problem: null,
  place: -1,
  current: null,
  step: () => null,
  ...change,
});

it.each([
  [{}, "No match"],
  [{ status: "searching" }, "Searching"],
  [{ count: 1 }, "1 line"],
  [{ count: 1204, place: 2 }, "3 of 1,204"],
  [{ count: 12, status: "searching" }, "12 lines, searching"],
  [{ count: 10_000, status: "full" }, "10,000 or more lines"],
  [{ problem: "Search for at most 200 characters." }, "Search for at most 200 characters."],
] as [Partial<LogSearch>, string][])("%j", (change, text) => {
  expect(describeSearch(search(change))).toBe(text);
});
