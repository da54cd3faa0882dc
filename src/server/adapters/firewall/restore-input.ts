import type { FirewallRules } from "@/domain/network/firewall-rules";

/** What `iptables-save` says of this instance: the jumps to its chains, and the chains. */
type Saved = { jumps: string[]; chains: string[] };

/**
 * The input of `iptables-restore --noflush` that puts these rules in the place of whatever the instance had, all at once:
 * a packet meets either the old rules or the new ones. Null: none are to be left.
 */
export function restoreInput(rules: FirewallRules | null, prefix: string, savedTable: string): string {
  const saved = readSaved(prefix, savedTable);
  const wanted = Object.entries(rules?.chains ?? {});
  const left = saved.chains.filter((chain) => !wanted.some(([name]) => name === chain));
  const lines = [
    // A chain that is declared is there afterwards, and empty.
    ...[...wanted.map(([name]) => name), ...left].map((name) => `:${name} - [0:0]`),
    ...saved.jumps.map((jump) => jump.replace(/^-A/, "-D")),
    ...(rules?.jumps ?? []).map(({ from, rule }) => `-I ${from} ${rule}`),
    ...wanted.flatMap(([name, chain]) => chain.map((rule) => `-A ${name} ${rule}`)),
    ...left.map((name) => `-X ${name}`),
  ];
  return `*mangle\n${lines.join("\n")}\nCOMMIT\n`;
}

/** The lines of `iptables-save` that belong to the instance, in their order: equal texts are equal rules. */
export function ownLines(prefix: string, savedTable: string): string {
  const own = savedTable.split("\n").filter((line) => line.startsWith(`:${prefix}`) || isRuleOf(prefix, line));
  // Counters of packets are no part of a rule.
  return own.map((line) => line.replace(/ \[\d+:\d+\]$/, "")).join("\n");
}

function readSaved(prefix: string, savedTable: string): Saved {
  const lines = ownLines(prefix, savedTable).split("\n");
  return {
    jumps: lines.filter((line) => /^-A (INPUT|FORWARD) /.test(line)),
    chains: lines.flatMap((line) => /^:(\S+)/.exec(line)?.[1] ?? []),
  };
}

function isRuleOf(prefix: string, line: string): boolean {
  return line.startsWith(`-A ${prefix}`) || (line.startsWith("-A ") && line.includes(` -j ${prefix}`));
}
