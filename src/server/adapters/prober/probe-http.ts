import { type IncomingMessage, request } from "node:http";
import type { HttpCheck } from "@/domain/health/health-settings";
import type { Endpoint } from "@/domain/plan/types";
import type { ProbeResult } from "@/server/ports";
import { failureOf } from "./failure";

/** As much of an unwelcome answer as helps a person to see what it was. */
const bodyBytes = 1024;

/** Redirects are not followed: what they lead to is another matter. */
export async function probeHttp(
  endpoint: Endpoint,
  check: HttpCheck,
  hostName: string | undefined,
  deadline: AbortSignal,
): Promise<ProbeResult> {
  try {
    const response = await get(endpoint, check.path, hostName, deadline);
    const status = response.statusCode ?? 0;
    const healthy = status >= check.statusFrom && status <= check.statusTo;
    const body = healthy ? "" : await readStart(response);
    response.destroy();
    return healthy ? { ok: true } : { ok: false, reason: "status", status, body };
  } catch (error) {
    return { ok: false, reason: failureOf(error, deadline) };
  }
}

function get(
  { host, port }: Endpoint,
  path: string,
  hostName: string | undefined,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { host: hostName ?? `${host}:${port}`, "user-agent": "Helvetia-Health-Check", accept: "*/*" };
    // A connection of its own: a kept one would prove an old process healthy.
    const asking = request({ host, port, path, headers, agent: false, signal });
    asking.once("response", resolve).once("error", reject).end();
  });
}

/** The start of the body; less where the rest does not come in time. */
async function readStart(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= bodyBytes) break;
    }
  } catch {
    // Out of time or cut off: the status is known, and what came of the body will do.
  }
  return Buffer.concat(chunks).subarray(0, bodyBytes).toString("utf8").trim();
}
