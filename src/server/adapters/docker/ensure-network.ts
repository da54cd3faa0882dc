import type Dockerode from "dockerode";
import { AppError } from "@/domain/errors";
import type { NetworkSpec } from "@/domain/plan/types";
import { labelFilter } from "./label-filter";
import { orAbsent, reasonOf, statusOf, translateError } from "./translate-error";

/** Throws engine_refused where another network already uses the subnet. */
export async function ensureNetwork(docker: Dockerode, spec: NetworkSpec): Promise<void> {
  if (await exists(docker, spec.name)) return;
  try {
    await docker.createNetwork({
      Name: spec.name,
      Driver: "bridge",
      CheckDuplicate: true,
      // Named by us, because Docker's own pools end after some thirty networks.
      IPAM: { Driver: "default", Config: [{ Subnet: spec.subnet }] },
      Labels: spec.labels,
    });
  } catch (error) {
    // Two creators at once: one is told that the name is taken, or that the subnet is.
    if (await exists(docker, spec.name)) return;
    if (statusOf(error) === 403 && /overlaps/i.test(reasonOf(error))) {
      throw new AppError("engine_refused", {
        message: `The address range ${spec.subnet} is used by another network on this server.`,
        fix: "Remove that network, or set NETWORK_POOL to a range that is free (the operator's job).",
        details: { subnet: spec.subnet, reason: reasonOf(error) },
        cause: error,
      });
    }
    throw translateError(error);
  }
}

export async function removeNetwork(docker: Dockerode, name: string): Promise<void> {
  await orAbsent(docker.getNetwork(name).remove(), undefined);
}

export async function listNetworks(
  docker: Dockerode,
  labels: Record<string, string>,
): Promise<{ name: string; labels: Record<string, string> }[]> {
  try {
    const networks = await docker.listNetworks({ filters: labelFilter(labels) });
    return networks.map((network) => ({ name: network.Name, labels: network.Labels ?? {} }));
  } catch (error) {
    throw translateError(error);
  }
}

async function exists(docker: Dockerode, name: string): Promise<boolean> {
  return (await orAbsent(docker.getNetwork(name).inspect(), null)) !== null;
}
