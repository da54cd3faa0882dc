/**
 * Turns BuildKit's trace into the lines of a build log: a header when a step begins, its output as it was written
 * (both streams, colours kept), and how long it took. Steps run side by side; when the output changes to another step,
 * its header is said again, so that every line belongs to the header above it.
 */
import { StringDecoder } from "node:string_decoder";
import type { LogLine } from "@/server/ports";
import type { Trace, Vertex, VertexLog } from "./decode-trace";

/** A line without an end is cut here, so that a build which never ends one cannot fill the memory. */
const longestLine = 16_384;
const worthTimingMs = 1000;

/** Steps of BuildKit's own, of no interest to people. */
const hidden = /^(\[internal\]|copy \/context|\[auth\])/;

/** A step of the Dockerfile, as in "[build 2/5] RUN npm ci"; to take a base image as it is is no work. */
const isWork = /^\[[^\]]*\d+\/\d+\] (?!FROM )/;

/** BuildKit's words. */
const clipped = /^\[output clipped, log limit .* reached\]$/;
const clippedNote =
  "The Docker Engine cut this step's output short. Its limits are BUILDKIT_STEP_LOG_MAX_SIZE and BUILDKIT_STEP_LOG_MAX_SPEED (bytes, bytes a second) in the environment of dockerd.";

type Output = { decoder: StringDecoder; text: string };

export class BuildLog {
  readonly #onLine: (line: LogLine) => void;
  readonly #steps = new Map<string, Vertex>();
  readonly #outputs = new Map<string, Output>();
  #current: string | null = null;

  constructor(onLine: (line: LogLine) => void) {
    this.#onLine = onLine;
  }

  add({ vertexes, logs, warnings }: Trace): void {
    for (const vertex of vertexes) if (vertex.started !== null) this.#begin(vertex);
    for (const log of logs) this.#write(log);
    for (const vertex of vertexes) if (vertex.completed !== null) this.#end(vertex);
    for (const warning of warnings) this.#say(Date.now(), `Warning: ${warning}`);
  }

  /** Steps that do something, and those of them whose result was in the cache. */
  countSteps(): { total: number; cached: number } {
    const steps = [...this.#steps.values()].filter(({ name }) => isWork.test(name));
    return { total: steps.length, cached: steps.filter(({ cached }) => cached).length };
  }

  /** Nothing more will come: what has no end of line yet is written too. */
  finish(): void {
    for (const digest of this.#steps.keys()) {
      for (const stream of ["stdout", "stderr"] as const) this.#flush(digest, stream, Date.now());
    }
  }

  #begin(vertex: Vertex): void {
    if (hidden.test(vertex.name)) return;
    const known = this.#steps.get(vertex.digest);
    this.#steps.set(vertex.digest, vertex);
    if (known) return;
    this.#current = vertex.digest;
    this.#say(vertex.started ?? 0, vertex.cached ? `${title(vertex)} (cached)` : title(vertex));
  }

  #end(vertex: Vertex): void {
    for (const stream of ["stdout", "stderr"] as const) this.#flush(vertex.digest, stream, vertex.completed ?? 0);
    const tookMs = (vertex.completed ?? 0) - (vertex.started ?? 0);
    if (hidden.test(vertex.name) || vertex.cached || vertex.error !== "" || tookMs < worthTimingMs) return;
    this.#turnTo(vertex.digest, vertex.completed ?? 0);
    this.#say(vertex.completed ?? 0, `took ${(tookMs / 1000).toFixed(1)} s`);
  }

  #write({ vertex, at, stream, data }: VertexLog): void {
    const key = `${stream} ${vertex}`;
    const output = this.#outputs.get(key) ?? { decoder: new StringDecoder("utf8"), text: "" };
    this.#outputs.set(key, output);
    const lines = (output.text + output.decoder.write(Buffer.from(data))).split("\n");
    output.text = lines.pop() ?? "";
    for (const line of lines) this.#emit(vertex, { at: new Date(at), stream, text: line.replace(/\r$/, "") });
    for (; output.text.length > longestLine; output.text = output.text.slice(longestLine)) {
      this.#emit(vertex, { at: new Date(at), stream, text: output.text.slice(0, longestLine), partial: true });
    }
  }

  #flush(vertex: string, stream: "stdout" | "stderr", at: number): void {
    const output = this.#outputs.get(`${stream} ${vertex}`);
    this.#outputs.delete(`${stream} ${vertex}`);
    const rest = output ? output.text + output.decoder.end() : "";
    if (rest !== "") this.#emit(vertex, { at: new Date(at), stream, text: rest });
  }

  #emit(vertex: string, line: LogLine): void {
    this.#turnTo(vertex, line.at.getTime());
    this.#onLine({ ...line, source: vertex });
    if (clipped.test(line.text)) this.#say(line.at.getTime(), clippedNote);
  }

  #turnTo(digest: string, at: number): void {
    const step = this.#steps.get(digest);
    if (this.#current === digest || !step) return;
    this.#current = digest;
    this.#say(at, `${title(step)} (continued)`);
  }

  #say(at: number, text: string): void {
    this.#onLine({ at: new Date(at), stream: "system", text });
  }
}

/** `[build 2/5] RUN npm ci`; the name of an image loses Docker Hub's prefix, which nobody wrote. */
function title({ name }: Vertex): string {
  return name.replace(/^(\[[^\]]*\] FROM )docker\.io\/(library\/)?/, "$1");
}
