/** The networks of the fake Engine. */
import type { NetworkSpec } from "@/domain/plan/types";
import { carries } from "./carries";

export class FakeNetworks {
  readonly #networks = new Map<string, NetworkSpec>();

  get names(): string[] {
    return [...this.#networks.keys()];
  }

  has(name: string): boolean {
    return this.#networks.has(name);
  }

  /** Whether it was not there before. */
  add(spec: NetworkSpec): boolean {
    if (this.#networks.has(spec.name)) return false;
    this.#networks.set(spec.name, spec);
    return true;
  }

  /** Whether there was such a network. */
  remove(name: string): boolean {
    return this.#networks.delete(name);
  }

  list(labels: Record<string, string>): { name: string; labels: Record<string, string> }[] {
    const networks = [...this.#networks.values()].filter((network) => carries(network.labels, labels));
    return networks.map((network) => ({ name: network.name, labels: network.labels }));
  }
}
