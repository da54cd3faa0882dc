import { web } from "@/server/web";

/** Next.js calls this once when the server starts: connections stand before the first request comes. */
export async function register(): Promise<void> {
  await web().context.changes.ready;
}
