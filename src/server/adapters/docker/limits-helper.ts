/** One helper container and the conversation with it: an order a line on its input, the order's number as answer. */
import { randomBytes } from "node:crypto";
import type { Duplex } from "node:stream";
import type Dockerode from "dockerode";
import { type CgroupLayout, cgroupMount, helperCommand, type Limits, limitsOrder } from "./limits-script";
import { streamFrames } from "./log-frames";
import { orAborted } from "./or-aborted";

/** It answers in milliseconds; one that was paused, or lost with a machine, never does. */
const answerWithinMs = 5_000;

export class LimitsHelper {
  readonly #container: Dockerode.Container;
  readonly #connection: Duplex;
  readonly #waiting = new Map<string, () => void>();
  readonly #gone = new AbortController();
  #orders = 0;
  #complaint = "";

  /** Resolves once it can be relied on. Rejects where it cannot be had. */
  static async start(
    { docker, streams }: { docker: Dockerode; streams: Dockerode },
    image: string,
    layout: CgroupLayout,
    labels: Record<string, string>,
  ): Promise<LimitsHelper> {
    const container = await docker.createContainer(helperBody(image, layout, labels));
    try {
      const wanted = { stream: true, hijack: true, stdin: true, stdout: true, stderr: true };
      // safe because the declaration names an interface of streams where docker-modem gives the socket
      const connection = (await streams.getContainer(container.id).attach(wanted)) as Duplex;
      const helper = new LimitsHelper(container, connection);
      await container.start();
      await helper.order(null);
      return helper;
    } catch (error) {
      await container.remove({ force: true }).catch(() => {});
      throw error;
    }
  }

  private constructor(container: Dockerode.Container, connection: Duplex) {
    this.#container = container;
    this.#connection = connection;
    connection.on("error", () => {}); // The reading sees it too.
    const ended = () => this.#gone.abort();
    this.#read().then(ended, ended);
  }

  /** Aborts when it is gone, whoever ended it. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** Resolves once steps are kept to these limits, null: to none. Rejects where the helper is gone or does not answer. */
  async order(limits: Limits | null): Promise<void> {
    this.#orders += 1;
    const number = this.#orders;
    const answered = new Promise<void>((resolve) => this.#waiting.set(String(number), resolve));
    this.#connection.write(limitsOrder(number, limits));
    try {
      await orAborted(answered, AbortSignal.any([this.gone, AbortSignal.timeout(answerWithinMs)]));
    } catch {
      const what = this.gone.aborted ? `is gone. ${this.#complaint}`.trim() : "does not answer";
      throw new Error(`the container that limits builds ${what}`);
    } finally {
      this.#waiting.delete(String(number));
    }
  }

  /** It ends with its input. */
  end(): void {
    this.#connection.end();
  }

  /** For one that cannot be told to end. */
  async remove(): Promise<void> {
    this.#connection.destroy();
    await this.#container.remove({ force: true }).catch(() => {}); // Mostly it is gone.
  }

  async #read(): Promise<void> {
    let rest = "";
    for await (const { stream, payload } of streamFrames(this.#connection)) {
      if (stream === "stderr") this.#complaint = (this.#complaint + payload).slice(-500);
      else rest += payload;
      const lines = rest.split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) this.#waiting.get(line)?.();
    }
  }
}

function helperBody(
  image: string,
  layout: CgroupLayout,
  labels: Record<string, string>,
): Dockerode.ContainerCreateOptions {
  return {
    name: `helvetia-build-limits-${randomBytes(4).toString("hex")}`,
    Image: image,
    Cmd: helperCommand(layout),
    Labels: labels,
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    HostConfig: {
      AutoRemove: true,
      Binds: [`/sys/fs/cgroup:${cgroupMount}`],
      NetworkMode: "none",
      UsernsMode: "host",
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges:true"],
      Memory: 32 * 2 ** 20,
      // Eight times an ordinary container's: on a busy server it must not come too late.
      CpuShares: 8192,
      PidsLimit: 32,
    },
  };
}
