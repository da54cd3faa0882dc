import { answerLogDownload } from "@/server/api/answer-log-download";

export const dynamic = "force-dynamic";

type Context = { params: Promise<{ deploymentId: string; kind: string }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  return answerLogDownload(request, await params);
}
