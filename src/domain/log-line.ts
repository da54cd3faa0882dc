/** A stored line, short-named because there are millions: time (ms since epoch), stream, text, and for runtime logs the replica. */
export type StoredLogLine = { t: number; s: "stdout" | "stderr" | "system"; x: string; r?: number };
