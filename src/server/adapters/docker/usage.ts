/** What the Engine's images and its build cache take on disk, as `docker system df` counts. */
import type Dockerode from "dockerode";
import { z } from "zod";
import type { EngineUsage } from "@/server/ports";
import { translateError } from "./translate-error";

const answerSchema = z.object({
  Images: z.array(z.object({ Id: z.string(), Size: z.number(), SharedSize: z.number() })).nullish(),
  BuildCache: z.array(z.object({ Size: z.number(), InUse: z.boolean(), Shared: z.boolean() })).nullish(),
});

/** Engines before API 1.42 measure volumes too, asked or not: it may take a while. Throws engine_unavailable. */
export async function readUsage(docker: Dockerode, signal?: AbortSignal): Promise<EngineUsage> {
  const path = "/system/df?type=image&type=build-cache";
  const answer = await dial(docker, { path, method: "GET", ...(signal && { abortSignal: signal }) }, signal);
  const { Images, BuildCache } = answerSchema.parse(answer);
  // What is shared with an image is counted there.
  const cache = (BuildCache ?? []).filter((record) => !record.Shared);
  const unused = cache.filter((record) => !record.InUse);
  return {
    // Less than nothing is shared where the Engine did not measure it.
    imageOwnBytes: new Map((Images ?? []).map((image) => [image.Id, image.Size - Math.max(0, image.SharedSize)])),
    buildCache: { totalBytes: sizeOf(cache), unusedBytes: sizeOf(unused) },
  };
}

/**
 * Removes what was used longest ago until `keepBytes` are left; what builds use now stays. The cache is the Engine's:
 * builds that did not come from here lose theirs too, and take longer once. Returns the bytes that became free.
 */
export async function pruneBuildCache(docker: Dockerode, keepBytes: number, signal?: AbortSignal): Promise<number> {
  const path = `/build/prune?keep-storage=${Math.max(0, Math.floor(keepBytes))}`;
  const answer = await dial(docker, { path, method: "POST", ...(signal && { abortSignal: signal }) }, signal);
  return z.object({ SpaceReclaimed: z.number() }).parse(answer).SpaceReclaimed;
}

function sizeOf(records: { Size: number }[]): number {
  return records.reduce((sum, record) => sum + record.Size, 0);
}

/** For what the client library has no parameters for. */
function dial(docker: Dockerode, request: { path: string; method: string }, signal?: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const options = { ...request, statusCodes: { 200: true, 500: "server error" } };
    docker.modem.dial(options, (error: unknown, answer: unknown) => {
      if (!error) return resolve(answer);
      reject(signal?.aborted ? signal.reason : translateError(error));
    });
  });
}
