/**
 * A load of requests that notices everything: each answer is checked, and every status, reset or wrong byte that was
 * not expected is a failure with its reason. Half the requests travel on kept connections and half on fresh ones; some
 * are uploads whose body comes slowly. Requests start at a steady rate, whether or not earlier ones have come back, so
 * a server that stalls is seen. Nothing is ever retried.
 */
import { randomBytes } from "node:crypto";
import { Agent, type IncomingMessage, request } from "node:http";
import { text as readText } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

export type LoadOptions = {
  host: string;
  port: number;
  /** The Host header: the application's name. */
  hostName: string;
  requestsPerSecond: number;
  path?: string;
  /** Where uploads go, if not to `path`. */
  uploadPath?: string;
  /** Answers to GET and POST are given here; a text is the reason why it is not as expected. */
  check: (answer: { method: "GET" | "POST"; status: number; body: string; sent: string }) => string | null;
  /** How long the body of an upload takes to send, in milliseconds. */
  uploadMs?: number;
  /** Told of each request's end; `failure`: why, or null where it was answered as expected. Moments of performance.now(). */
  onEnd?: (request: { failure: string | null; startedAt: number; endedAt: number }) => void;
};

export type LoadKind = "GET kept" | "GET fresh" | "POST kept" | "POST fresh";

export type LoadReport = {
  requests: number;
  byKind: Record<LoadKind, number>;
  /** Reason -> how often. Empty: no request failed. */
  failures: Record<string, number>;
  /** Latency of the requests that did not fail, in milliseconds; uploads include the time their body took. */
  latencyMs: { p50: number; p95: number; p99: number; longest: number };
};

export type Load = {
  readonly completed: number;
  /** Resolves when `count` more requests have come back. */
  more(count: number): Promise<void>;
  /** Starts no more requests, waits for those under way, and reports. */
  stop(): Promise<LoadReport>;
};

/** In ten requests: six are plain, four are uploads; half of each on kept connections. */
const mix: LoadKind[] = [
  "GET kept",
  "POST fresh",
  "GET fresh",
  "GET kept",
  "POST kept",
  "GET fresh",
  "GET kept",
  "POST kept",
  "GET fresh",
  "POST fresh",
];

const uploadChunks = 5;
const answerWithinMs = 30_000;

export function startLoad(options: LoadOptions): Load {
  const kept = new Agent({ keepAlive: true, maxFreeSockets: 1_000 });
  const byKind: Record<LoadKind, number> = { "GET kept": 0, "GET fresh": 0, "POST kept": 0, "POST fresh": 0 };
  const failures: Record<string, number> = {};
  const latencies: number[] = [];
  const underWay = new Set<Promise<void>>();
  const waiting: { until: number; resolve: () => void }[] = [];
  let completed = 0;
  let running = true;

  async function one(kind: LoadKind): Promise<void> {
    const startedAt = performance.now();
    const reason = await ask(options, kind, kept);
    const failure = reason === null ? null : `${kind}: ${reason}`;
    completed += 1;
    byKind[kind] += 1;
    const endedAt = performance.now();
    if (failure === null) latencies.push(endedAt - startedAt);
    else failures[failure] = (failures[failure] ?? 0) + 1;
    options.onEnd?.({ failure, startedAt, endedAt });
    for (const entry of waiting.filter(({ until }) => until <= completed)) {
      waiting.splice(waiting.indexOf(entry), 1);
      entry.resolve();
    }
  }

  async function run(): Promise<void> {
    const startedAt = performance.now();
    for (let started = 0; running; ) {
      const due = Math.floor(((performance.now() - startedAt) / 1_000) * options.requestsPerSecond);
      for (; started <= due; started += 1) {
        const sending = one(mix[started % mix.length] ?? "GET kept");
        underWay.add(sending);
        sending.finally(() => underWay.delete(sending));
      }
      await sleep(Math.max(1, 1_000 / options.requestsPerSecond));
    }
    await Promise.all(underWay);
    kept.destroy();
  }

  const finished = run();
  return {
    get completed() {
      return completed;
    },
    more: (count) => new Promise((resolve) => waiting.push({ until: completed + count, resolve })),
    async stop() {
      running = false;
      await finished;
      return { requests: completed, byKind, failures, latencyMs: percentiles(latencies) };
    },
  };
}

/** Sends one request; null where the answer was as expected, otherwise the reason. */
async function ask(options: LoadOptions, kind: LoadKind, kept: Agent): Promise<string | null> {
  const method = kind.startsWith("POST") ? "POST" : "GET";
  const sent = method === "POST" ? randomBytes(512).toString("hex") : "";
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const sending = request({
        host: options.host,
        port: options.port,
        path: (method === "POST" ? options.uploadPath : undefined) ?? options.path ?? "/",
        method,
        headers: { host: options.hostName, ...(method === "POST" ? { "content-length": sent.length } : {}) },
        agent: kind.endsWith("kept") ? kept : new Agent({ keepAlive: false }),
        timeout: answerWithinMs,
      });
      sending.once("timeout", () => sending.destroy(new Error(`silent for ${answerWithinMs} ms`)));
      sending.once("response", resolve);
      sending.once("error", reject);
      if (method === "GET") sending.end();
      else void upload(sending, sent, options.uploadMs ?? 50);
    });
    const body = await readText(response);
    return options.check({ method, status: response.statusCode ?? 0, body, sent });
  } catch (error) {
    return error instanceof Error ? `${"code" in error ? `${error.code} ` : ""}${error.message}` : String(error);
  }
}

async function upload(sending: NodeJS.WritableStream, body: string, durationMs: number): Promise<void> {
  const size = Math.ceil(body.length / uploadChunks);
  for (let start = 0; start < body.length; start += size) {
    if (!sending.writable) return;
    sending.write(body.slice(start, start + size));
    await sleep(durationMs / uploadChunks);
  }
  sending.end();
}

function percentiles(values: number[]): LoadReport["latencyMs"] {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.ceil(share * sorted.length) - 1] ?? 0) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), longest: at(1) };
}
