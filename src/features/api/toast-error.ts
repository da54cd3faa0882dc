import { toast } from "@/ui/toast";
import { readError } from "./read-error";

/** For actions that have no form to stand in: what happened, what to do, the request id. */
export function toastError(error: unknown): void {
  const { message, fix, requestId } = readError(error);
  toast.error(message, { description: requestId ? `${fix} Request ${requestId}` : fix, duration: 10_000 });
}
