import type { LocateLogInput } from "@/contracts/log";
import type { ServiceContext } from "@/server/context";
import { locateOffset } from "./locate-offset";
import { findLogSource } from "./log-source";

/** Where the lines begin that were printed at a time or later. Throws not_found. */
export async function locateLog(context: ServiceContext, input: LocateLogInput): Promise<{ offset: number }> {
  const { deploymentId, kind, at } = input;
  const source = await findLogSource(context, deploymentId, kind);
  return { offset: await locateOffset(context, { ...source, kind }, at.getTime()) };
}
