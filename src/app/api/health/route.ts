export const dynamic = "force-dynamic";

/** The process runs and answers. Says nothing of what it needs: that is /api/ready. */
export function GET(): Response {
  return Response.json({ status: "ok" });
}
