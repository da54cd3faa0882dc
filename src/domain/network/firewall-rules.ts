/**
 * What keeps applications and builds away from the platform, as rules of iptables. They stand in the table "mangle",
 * which is asked before Docker's, ufw's and firewalld's rules and touched by none of them: what it drops, nobody lets
 * through again. Docker itself keeps its networks apart (DOCKER-ISOLATION); nothing else keeps them from this machine.
 */
import { bridgePrefix } from "@/domain/naming";

export type FirewallRules = {
  /** Name to rules, in iptables' own words. */
  chains: Record<string, string[]>;
  /** From a built-in chain to one of these. */
  jumps: { from: "INPUT" | "FORWARD"; rule: string }[];
};

export type FirewallFacts = {
  instanceId: string;
  /** Interfaces of the environments' networks; a "+" at the end stands for any ending. */
  applicationBridges: string[];
  /** Interface of the network that builds run on, and whatever else the operator runs on it. */
  buildBridge: string | null;
  /** TCP ports of this machine that applications may reach: the router's. */
  openPorts: number[];
  /** TCP ports of this machine that belong to the platform. */
  platformPorts: number[];
  /** Parts of the platform on other machines, by IPv4 address. */
  elsewhere: { address: string; port: number }[];
};

/**
 * Where clouds tell a machine its secrets: link-local addresses (AWS, Google, Azure, Oracle, Hetzner, DigitalOcean and
 * others at 169.254.169.254), Alibaba's, Azure's wire server and Oracle's older one. Some answer DNS there too.
 */
const metadataRanges = ["169.254.0.0/16", "100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32"];

const answers = "-m conntrack --ctstate RELATED,ESTABLISHED -j RETURN";
const names = ["-p udp -m udp --dport 53 -j RETURN", "-p tcp -m tcp --dport 53 -j RETURN"];

/** Names of an instance's chains all begin with this. */
export function firewallPrefix(instanceId: string): string {
  return `${bridgePrefix(instanceId)}-`;
}

export function firewallRules(facts: FirewallFacts): FirewallRules {
  const prefix = firewallPrefix(facts.instanceId);
  const [application, build, away] = [`${prefix}app`, `${prefix}build`, `${prefix}away`];
  const jumps: FirewallRules["jumps"] = facts.applicationBridges.flatMap((bridge) => [
    { from: "INPUT", rule: `-i ${bridge} -j ${application}` },
    { from: "FORWARD", rule: `-i ${bridge} -j ${away}` },
  ]);
  if (facts.buildBridge !== null) {
    jumps.push({ from: "INPUT", rule: `-i ${facts.buildBridge} -j ${build}` });
    jumps.push({ from: "FORWARD", rule: `-i ${facts.buildBridge} -j ${away}` });
  }
  return {
    chains: {
      // The host asks applications (probes, requests), and only its own questions are answered.
      [application]: [answers, ...names, ...facts.openPorts.map((port) => tcp(port, "RETURN")), "-j DROP"],
      // Others use this network too, so nothing is taken from them but the platform.
      [build]: [answers, ...names, ...facts.platformPorts.map((port) => tcp(port, "DROP")), ...toMetadata()],
      [away]: [
        answers,
        ...names,
        ...toMetadata(),
        ...facts.elsewhere.map(({ address, port }) => `-d ${address}/32 ${tcp(port, "DROP")}`),
      ],
    },
    jumps,
  };
}

function tcp(port: number, verdict: "RETURN" | "DROP"): string {
  return `-p tcp -m tcp --dport ${port} -j ${verdict}`;
}

function toMetadata(): string[] {
  return metadataRanges.map((range) => `-d ${range} -j DROP`);
}
