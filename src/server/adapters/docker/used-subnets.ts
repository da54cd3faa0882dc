import type Dockerode from "dockerode";
import { hostRanges } from "./host-ranges";
import { translateError } from "./translate-error";

/**
 * Docker refuses a subnet that overlaps one of its own networks, but not one that takes the machine's way to somewhere
 * else: those ranges are ours to avoid. `local`: the Engine's networks are this machine's.
 */
export async function usedSubnets(docker: Dockerode, local: boolean): Promise<string[]> {
  const networks = await docker.listNetworks().catch((error: unknown) => {
    throw translateError(error);
  });
  const subnets = networks.flatMap((network) => network.IPAM?.Config ?? []).flatMap(({ Subnet }) => Subnet ?? []);
  return local ? [...subnets, ...hostRanges()] : subnets;
}
