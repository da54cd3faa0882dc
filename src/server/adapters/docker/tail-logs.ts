import type Dockerode from "dockerode";
import type { LogLine } from "@/server/ports";
import { logFrames } from "./log-frames";
import { openLogs } from "./open-logs";
import { translateError } from "./translate-error";

/** See the port. */
export async function tailLogs(
  docker: Dockerode,
  name: string,
  count: number,
  signal: AbortSignal,
): Promise<LogLine[]> {
  try {
    const stream = await openLogs(docker, name, { follow: false, tail: count }, signal);
    if (!stream) return [];
    const lines: LogLine[] = [];
    for await (const frame of logFrames(stream)) {
      lines.push({ ...frame, at: new Date(Number(frame.at / 1_000_000n)) });
    }
    return lines;
  } catch (error) {
    signal.throwIfAborted();
    throw translateError(error);
  }
}
