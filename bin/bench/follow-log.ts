/** Follows a build log as a browser does: server-sent events of the API's subscription. */
import { get } from "node:http";
import { z } from "zod";
import type { Dashboard } from "@/testing/dashboard";

const batchSchema = z.object({
  firstOffset: z.number(),
  lines: z.array(z.object({ x: z.string() })),
  complete: z.boolean(),
});

/** Calls back for each line with the moment it arrived (Date.now()); resolves when the log is complete. */
export function followLog(
  { url, cookie }: Dashboard,
  deploymentId: string,
  onLine: (text: string, arrivedAt: number) => void,
): Promise<void> {
  const input = encodeURIComponent(JSON.stringify({ deploymentId, kind: "build" }));
  const headers = { cookie, accept: "text/event-stream" };
  return new Promise((resolve, reject) => {
    const following = get(`${url}/api/trpc/log.follow?input=${input}`, { headers, agent: false }, (response) => {
      let rest = "";
      response.setEncoding("utf8");
      response.on("data", (text: string) => {
        const arrivedAt = Date.now();
        const events = (rest + text).split("\n\n");
        rest = events.pop() ?? "";
        for (const batch of events.flatMap(readBatch)) {
          for (const line of batch.lines) onLine(line.x, arrivedAt);
          if (!batch.complete) continue;
          resolve();
          following.destroy();
        }
      });
      response.once("error", reject);
      response.once("end", () => reject(new Error(`the log's stream ended with status ${response.statusCode}`)));
    });
    following.once("error", reject);
  });
}

/** Events of the connection itself (connected, ping, return) carry no batch. */
function readBatch(event: string): z.infer<typeof batchSchema>[] {
  const data = /^data: ?(.*)$/m.exec(event)?.[1];
  if (!data) return [];
  const parsed = batchSchema.safeParse(JSON.parse(data));
  return parsed.success ? [parsed.data] : [];
}
