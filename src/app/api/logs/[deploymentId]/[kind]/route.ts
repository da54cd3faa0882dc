import type { ExportLogInput } from "@/contracts/log";
import { answerDownload } from "@/server/api/answer-download";

export const dynamic = "force-dynamic";

type Context = { params: Promise<{ deploymentId: string; kind: string }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const wanted = await params;
  return answerDownload(request, {
    path: "log.export",
    contentType: "text/plain",
    read: (caller) => caller.log.export(wanted as ExportLogInput), // safe because the procedure parses it
  });
}
