/** The image store of the fake Engine; ids are counted. */
import type { ImageInfo } from "@/server/ports";
import { carries } from "./carries";

export class FakeImages {
  readonly #images = new Map<string, ImageInfo>();
  #count = 0;

  get references(): string[] {
    return [...this.#images.keys()];
  }

  /** The layers of builds differ, and what they are built on is shared. */
  get ownBytes(): Map<string, number> {
    return new Map([...this.#images.values()].map((image) => [image.id, image.sizeBytes / 10]));
  }

  find(reference: string): ImageInfo | null {
    const named = this.#images.get(reference);
    return named ?? [...this.#images.values()].find((image) => image.id === reference) ?? null;
  }

  list(labels: Record<string, string>): ImageInfo[] {
    return [...this.#images.values()].filter((image) => carries(image.labels, labels));
  }

  add(
    reference: string,
    found: {
      exposedPorts?: number[] | undefined;
      hasHealthcheck?: boolean | undefined;
      labels?: Record<string, string> | undefined;
      digest?: string;
    },
  ): ImageInfo {
    this.#count += 1;
    const image: ImageInfo = {
      id: `sha256:${this.#count.toString(16).padStart(64, "0")}`,
      reference,
      sizeBytes: 10 * 2 ** 20,
      exposedPorts: found.exposedPorts ?? [],
      hasHealthcheck: found.hasHealthcheck ?? false,
      labels: { ...found.labels },
      digest: found.digest ?? null,
    };
    // Whoever had the name before is there without one.
    const former = this.#images.get(reference);
    if (former) this.#images.set(former.id, { ...former, reference: former.id });
    this.#images.set(reference, image);
    return image;
  }

  /** Whether there was such an image. */
  remove(reference: string): boolean {
    return this.#images.delete(reference);
  }
}
