import { setTimeout as pause } from "node:timers/promises";
import type Dockerode from "dockerode";
import { AppError } from "@/domain/errors";
import type { NetworkSpec } from "@/domain/plan/types";
import type { NetworkInfo } from "@/server/ports";
import { labelFilter } from "./label-filter";
import { orAbsent, reasonOf, statusOf, translateError } from "./translate-error";

/** The Engine takes the subnet first, makes the bridge, and only then shows the network. */
const appearWithinMs = 3_000;
const pollMs = 50;

const bridgeOption = "com.docker.network.bridge.name";

/** Throws subnet_taken where another network already uses the subnet. */
export async function ensureNetwork(docker: Dockerode, spec: NetworkSpec): Promise<void> {
  if (await exists(docker, spec.name)) return;
  try {
    await docker.createNetwork({
      Name: spec.name,
      Driver: "bridge",
      CheckDuplicate: true,
      // Over IPv6 containers would reach what the rules for IPv4 keep from them.
      EnableIPv6: false,
      IPAM: { Driver: "default", Config: [{ Subnet: spec.subnet }] },
      Options: { [bridgeOption]: spec.bridge },
      Labels: spec.labels,
    });
  } catch (error) {
    const overlaps = statusOf(error) === 403 && /overlap/i.test(reasonOf(error));
    // Two creators at once: one is told that the name is taken, or that the subnet is, which it is a moment earlier.
    if (await appears(docker, spec.name, overlaps ? appearWithinMs : 0)) return;
    if (overlaps) {
      throw new AppError("subnet_taken", { details: { subnet: spec.subnet, reason: reasonOf(error) }, cause: error });
    }
    throw translateError(error);
  }
}

export async function removeNetwork(docker: Dockerode, name: string): Promise<void> {
  await orAbsent(docker.getNetwork(name).remove(), undefined);
}

export async function listNetworks(docker: Dockerode, labels: Record<string, string>): Promise<NetworkInfo[]> {
  try {
    const networks = await docker.listNetworks({ filters: labelFilter(labels) });
    return networks.map(({ Name, Id, Labels, Options }) => ({
      name: Name,
      // What Docker calls the bridge of a network that was made without a name for it.
      bridge: Options?.[bridgeOption] ?? `br-${Id.slice(0, 12)}`,
      labels: Labels ?? {},
    }));
  } catch (error) {
    throw translateError(error);
  }
}

async function appears(docker: Dockerode, name: string, withinMs: number): Promise<boolean> {
  for (let waitedMs = 0; !(await exists(docker, name)); waitedMs += pollMs) {
    if (waitedMs >= withinMs) return false;
    await pause(pollMs);
  }
  return true;
}

async function exists(docker: Dockerode, name: string): Promise<boolean> {
  return (await orAbsent(docker.getNetwork(name).inspect(), null)) !== null;
}
