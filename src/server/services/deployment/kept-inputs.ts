import { AppError } from "@/domain/errors";
import type { deployments } from "@/server/db/schema";

export type KeptDeployment = typeof deployments.$inferSelect;

/** What a deployment takes over from an earlier one, so that it starts the very same thing. Throws image_gone. */
export function keptInputs(earlier: KeptDeployment) {
  if (earlier.imageReference === null) throw new AppError("image_gone");
  const { snapshot, environmentEncrypted, gitTokenEncrypted } = earlier;
  const { commitSha, commitMessage, commitAuthor, treeHash, plan } = earlier;
  const { buildKey, imageReference, imageId, imageSizeBytes } = earlier;
  return {
    ...{ snapshot, environmentEncrypted, gitTokenEncrypted },
    ...{ commitSha, commitMessage, commitAuthor, treeHash, plan },
    ...{ buildKey, imageReference, imageId, imageSizeBytes, buildSkipped: "rollback" as const },
  };
}
