import type { CleanupPolicy } from "@/domain/retention";
import type { Config } from "@/server/config";

const pressedMirrorDays = 1;
/** Of the build cache, so that the builds after it still find what they use most. */
const pressedCacheShare = 0.25;

/** What a cleanup keeps. One that a full disk asks for keeps less, but never less than one may go back to. */
export function cleanupPolicy({ retention }: Pick<Config, "retention">, trigger: "schedule" | "disk" | "person") {
  const { imageDays, imagesPerService, buildCacheBytes } = retention;
  const usual: CleanupPolicy = { imageDays, imagesPerService, buildCacheBytes, ageCounts: true, mirrorDays: imageDays };
  if (trigger !== "disk") return usual;
  return {
    ...usual,
    ageCounts: false,
    buildCacheBytes: Math.floor(buildCacheBytes * pressedCacheShare),
    mirrorDays: Math.min(imageDays, pressedMirrorDays),
  };
}
