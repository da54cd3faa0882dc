import { checkReadiness } from "@/server/services/instance/check-readiness";
import { web } from "@/server/web";

const limitMs = 2_000;

/** 200 where the process can do its work, else 503. */
export async function answerReadiness(): Promise<Response> {
  const { context } = web();
  const { ready, ...checks } = await checkReadiness(context, context.changes.ready, limitMs);
  return Response.json({ status: ready ? "ready" : "not ready", checks }, { status: ready ? 200 : 503 });
}
