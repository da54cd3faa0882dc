/** The networks of the fake Engine. */
import { AppError } from "@/domain/errors";
import { overlaps, parseAddressBlock } from "@/domain/network/address-block";
import type { NetworkSpec } from "@/domain/plan/types";
import type { NetworkInfo } from "@/server/ports";
import { carries } from "./carries";

export class FakeNetworks {
  /** Ranges that something else on the Engine's machine uses: another instance's network, a route. */
  readonly foreign: string[] = [];
  readonly #networks = new Map<string, NetworkSpec>();

  get names(): string[] {
    return [...this.#networks.keys()];
  }

  get subnets(): string[] {
    return [...[...this.#networks.values()].map((network) => network.subnet), ...this.foreign];
  }

  has(name: string): boolean {
    return this.#networks.has(name);
  }

  /** Whether it was not there before. Throws subnet_taken. */
  add(spec: NetworkSpec): boolean {
    if (this.#networks.has(spec.name)) return false;
    const wanted = parseAddressBlock(spec.subnet);
    const taken = this.subnets.map(parseAddressBlock);
    if (taken.some((other) => wanted && other && overlaps(wanted, other))) {
      throw new AppError("subnet_taken", { details: { subnet: spec.subnet } });
    }
    this.#networks.set(spec.name, spec);
    return true;
  }

  /** Whether there was such a network. */
  remove(name: string): boolean {
    return this.#networks.delete(name);
  }

  list(labels: Record<string, string>): NetworkInfo[] {
    const networks = [...this.#networks.values()].filter((network) => carries(network.labels, labels));
    return networks.map(({ name, bridge, labels: own }) => ({ name, bridge, labels: own }));
  }
}
