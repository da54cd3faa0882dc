import { answerReadiness } from "@/server/api/answer-readiness";

export const dynamic = "force-dynamic";

export { answerReadiness as GET };
