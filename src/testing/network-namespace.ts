/**
 * A network namespace that this machine reaches, for a second Docker Engine: it makes bridges and takes `docker0` away,
 * neither of which is to be seen by the Engine of the machine. Needs Linux, root and iproute2.
 */
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";

const execute = promisify(execFile);
const ip = (...args: string[]) => execute("ip", args);

export type NetworkNamespace = {
  /** Before a command: it then runs in the namespace. */
  enter: string[];
  /** Of the namespace, as this machine reaches it. */
  address: string;
  /** Has this machine reach a network inside (CIDR). */
  reach(subnet: string): Promise<void>;
  remove(): Promise<void>;
};

export async function createNetworkNamespace(): Promise<NetworkNamespace> {
  const [a = 0, b = 0, c = 0] = randomBytes(3);
  const id = Buffer.from([a, b, c]).toString("hex");
  const [name, device] = [`helvetia-${id}`, `tn${id}`];
  // 198.18.0.0/15 is for tests of networks (RFC 2544) and routed nowhere.
  const address = (host: number) => `198.${18 + (a % 2)}.${b}.${(c & 252) + host}`;
  const [here, there] = [address(1), address(2)];
  await ip("netns", "add", name);
  try {
    await ip("link", "add", device, "type", "veth", "peer", "name", "up0", "netns", name);
    await ip("address", "add", `${here}/30`, "dev", device);
    await ip("link", "set", device, "up");
    await ip("-n", name, "address", "add", `${there}/30`, "dev", "up0");
    for (const inside of ["lo", "up0"]) await ip("-n", name, "link", "set", inside, "up");
    await ip("-n", name, "route", "add", "default", "via", here);
    await ip("netns", "exec", name, "sysctl", "-qw", "net.ipv4.ip_forward=1");
  } catch (error) {
    await ip("netns", "delete", name);
    throw error;
  }
  return {
    // Not `ip netns exec`: that hides /sys/fs/cgroup, which a container engine needs.
    enter: ["nsenter", `--net=/run/netns/${name}`],
    address: there,
    reach: async (subnet) => void (await ip("route", "replace", subnet, "via", there)),
    remove: async () => void (await ip("netns", "delete", name)),
  };
}
