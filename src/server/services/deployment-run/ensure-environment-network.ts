import { eq } from "drizzle-orm";
import { AppError, isAppError } from "@/domain/errors";
import { bridgeName, label, networkName } from "@/domain/naming";
import { environmentSubnet, isSubnetFree } from "@/domain/network/environment-subnet";
import { shortHash } from "@/domain/short-hash";
import type { WorkerContext } from "@/server/context";
import { environments } from "@/server/db/schema";
import { claimSubnetIndex } from "@/server/services/project/claim-subnet-index";

/** Between the look and the creation another instance on this Engine may take the same range; each time costs one. */
const mostAttempts = 8;

/**
 * Makes sure that the environment's network is there. Its block of the address pool was claimed among this instance's
 * environments alone; where something else on the server has taken it since, the environment moves to another block.
 * Throws address_pool_exhausted, subnet_taken and what the Engine throws.
 */
export async function ensureEnvironmentNetwork(
  context: Pick<WorkerContext, "db" | "config" | "engine">,
  environment: { id: string; subnetIndex: number },
): Promise<void> {
  const { engine, config } = context;
  const pool = config.docker.networkPool;
  const own = { [label.instance]: config.instanceId, [label.environment]: environment.id };
  const name = networkName(environment.id);
  const present = await engine.listNetworks(own);
  if (present.some((network) => network.name === name)) return;
  let inUse = await engine.usedSubnets();
  let index = environment.subnetIndex;
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    if (!isSubnetFree(pool, index, inUse)) index = await moveToFreeBlock(context, environment.id, inUse);
    const subnet = environmentSubnet(pool, index);
    const labels = { [label.managed]: "true", ...own };
    try {
      return await engine.ensureNetwork({
        name,
        subnet,
        bridge: bridgeName(config.instanceId, environment.id),
        labels,
      });
    } catch (error) {
      if (!isAppError(error, "subnet_taken")) throw error;
      inUse = [...(await engine.usedSubnets()), subnet];
    }
  }
  throw new AppError("subnet_taken");
}

async function moveToFreeBlock(
  { db, config }: Pick<WorkerContext, "db" | "config">,
  environmentId: string,
  inUse: string[],
): Promise<number> {
  return db.transaction(async (tx) => {
    // Each from another place on: instances that share a pool would run after each other from block to block.
    const startAt = shortHash(environmentId);
    const subnetIndex = await claimSubnetIndex(tx, config.docker.networkPool, inUse, startAt);
    await tx.update(environments).set({ subnetIndex }).where(eq(environments.id, environmentId));
    return subnetIndex;
  });
}
