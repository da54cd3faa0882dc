/** A search through a log, of which the viewer shows what was found. Lines are named by their key (see LogView). */
export type LogSearch = {
  query: string;
  setQuery: (query: string) => void;
  /** Lines that match, as far as was searched. */
  count: number;
  /** "full": there may be more than are counted. */
  status: "searching" | "done" | "full";
  /** Why it could not be searched, in words. */
  problem: string | null;
  /** Which of the matches was jumped to, from 0, or -1; and its line. */
  place: number;
  current: number | null;
  /** Goes to the next (1) or previous (-1) match, around the end; returns its line, or null where there is none. */
  step: (direction: 1 | -1) => number | null;
};

export function describeSearch({ count, place, status, problem }: LogSearch): string {
  if (problem !== null) return problem;
  if (count === 0) return status === "searching" ? "Searching" : "No match";
  const all = `${count.toLocaleString("en")}${status === "full" ? " or more" : ""}`;
  const found = place >= 0 ? `${(place + 1).toLocaleString("en")} of ${all}` : count === 1 ? "1 line" : `${all} lines`;
  return status === "searching" ? `${found}, searching` : found;
}
