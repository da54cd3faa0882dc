import type { ExportAuditInput } from "@/contracts/audit";
import { answerDownload } from "@/server/api/answer-download";

export const dynamic = "force-dynamic";

type Context = { params: Promise<{ organizationId: string; format: string }> };

/** `?area=` and `?userId=` as in the list. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const asked = new URL(request.url).searchParams;
  const wanted = { ...(await params), area: asked.get("area"), userId: asked.get("userId") };
  return answerDownload(request, {
    path: "audit.export",
    contentType: wanted.format === "json" ? "application/json" : "text/csv",
    read: (caller) => caller.audit.export(wanted as ExportAuditInput), // safe because the procedure parses it
  });
}
