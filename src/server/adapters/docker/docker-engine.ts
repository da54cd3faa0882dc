/** The Engine port on one Docker host; each method is a file of its own beside this one. */
import type { Logger } from "@/server/log";
import type { Engine } from "@/server/ports";
import { describeAssembled } from "./assemble-image";
import { buildImage } from "./build-image";
import { BuildLimits } from "./build-limits";
import { isLocalHost, openConnection } from "./connection";
import { diskSpace } from "./disk-space";
import { ensureContainer } from "./ensure-container";
import { ensureImage, type ImageSource } from "./ensure-image";
import { ensureNetwork, listNetworks, removeNetwork } from "./ensure-network";
import { findAddressing } from "./find-addressing";
import { findImage, listImages, removeImage } from "./find-image";
import { followEvents } from "./follow-events";
import { followLogs } from "./follow-logs";
import { hostNetwork } from "./host-network";
import { KeyedLock } from "./keyed-lock";
import { findContainer, listContainers } from "./list-containers";
import { listListeners } from "./list-listeners";
import { readStats } from "./read-stats";
import { refreshImage } from "./refresh-image";
import { rememberFor } from "./remember-for";
import { removeContainer } from "./remove-container";
import { stopContainer } from "./stop-container";
import { superviseContainer } from "./supervise-container";
import { tailLogs } from "./tail-logs";
import { translateError } from "./translate-error";
import { trustCertificates } from "./trust-certificates";
import { pruneBuildCache, readUsage } from "./usage";
import { usedSubnets } from "./used-subnets";

export type DockerEngineOptions = {
  /** DOCKER_HOST; null: the usual sockets. */
  host: string | null;
  addressing: "auto" | "bridge" | "loopback";
  /** IMAGE_MIRROR. */
  imageMirror: string | null;
  /** Path of a PEM file that builds must trust. */
  extraCaCerts: string | null;
  /** How long a request may stay without an answer. Default: a minute. */
  answerTimeoutMs?: number;
  /** A pull in which nothing arrives for so long is ended. Default: two minutes. */
  pullStallMs?: number;
  /** Marks what serves no service: the container that limits builds. */
  instanceId: string;
  log: Logger;
};

export type DockerEngine = Engine & {
  /** Makes ready what every build needs, so that the first one need not wait for it. Never rejects. */
  prepareBuilds(): Promise<void>;
  /** Ends what was made ready. */
  close(): Promise<void>;
};

/** For the container that limits builds; any image with a shell does. */
const toolImage = "busybox:1.36";

/** Looking at this machine's parts takes 0.2 s, which each build would pay, and they change once in a month. */
const describedForMs = 300_000;

export function createDockerEngine(options: DockerEngineOptions): DockerEngine {
  const { answerTimeoutMs = 60_000, pullStallMs = 120_000 } = options;
  const docker = openConnection(options.host, answerTimeoutMs);
  /** For what is quiet for long: builds, pulls, logs, events. */
  const streams = openConnection(options.host);
  const local = isLocalHost(options.host);
  const images = new KeyedLock();
  const addressing = findAddressing(docker, options.addressing, local);
  const source: ImageSource = {
    imageMirror: options.imageMirror,
    streams,
    pullStallMs,
    describeAssembled: rememberFor(describedForMs, (kind) => describeAssembled(docker, kind, options.extraCaCerts)),
  };
  const ensure = (reference: string, say: (text: string) => void, signal: AbortSignal) =>
    images.run(reference, () => ensureImage(docker, reference, source, say, signal), signal);
  const ensureBaseImage = async (reference: string, say: (text: string) => void, signal: AbortSignal) => {
    const image = await ensure(reference, say, signal);
    return images.run(reference, () => trustCertificates(docker, image, options.extraCaCerts, say), signal);
  };
  const limits = new BuildLimits({
    docker,
    streams,
    log: options.log,
    instanceId: options.instanceId,
    ensureImage: async (signal) => (await ensure(toolImage, () => {}, signal)).reference,
  });
  return {
    prepareBuilds: () => limits.prepare(),
    close: () => limits.close(),
    async ping() {
      const { Version, ApiVersion } = await docker.version().catch((error: unknown) => {
        throw translateError(error, "engine_unavailable");
      });
      return { version: Version, apiVersion: ApiVersion };
    },
    findImage: (reference) => findImage(docker, reference),
    pullImage: (reference, onLine, signal) => {
      const say = (text: string) => onLine({ at: new Date(), stream: "system", text });
      return images.run(reference, () => refreshImage(docker, reference, source, say, signal), signal);
    },
    buildImage: (request, onLine, signal) =>
      buildImage({ docker, streams, limits, ensureBaseImage }, request, onLine, signal),
    removeImage: (reference) => removeImage(docker, reference),
    listImages: (labels) => listImages(docker, labels),
    ensureNetwork: (spec) => ensureNetwork(docker, spec),
    removeNetwork: (name) => removeNetwork(docker, name),
    listNetworks: (labels) => listNetworks(docker, labels),
    hostNetwork: () => hostNetwork(docker, local),
    usedSubnets: () => usedSubnets(docker, local),
    ensureContainer: async (spec, signal) => ensureContainer(docker, spec, await addressing(), signal),
    superviseContainer: (name) => superviseContainer(docker, name),
    findContainer: (name) => findContainer(docker, name),
    listContainers: (labels) => listContainers(docker, labels),
    stopContainer: (name, graceSeconds) => stopContainer(streams, name, graceSeconds, answerTimeoutMs),
    removeContainer: (name) => removeContainer(docker, name),
    followLogs: (name, cursor, signal) => followLogs(streams, name, cursor, signal),
    tailLogs: (name, count, signal) => tailLogs(docker, name, count, signal),
    stats: (name) => readStats(docker, name),
    listListeners: (name) => listListeners(docker, local, name),
    events: (signal, since) => followEvents(streams, signal, since),
    diskSpace: () => diskSpace(docker, local),
    // Both take as long as there is much to measure and to remove.
    usage: (signal) => readUsage(streams, signal),
    pruneBuildCache: (keepBytes, signal) => pruneBuildCache(streams, keepBytes, signal),
  };
}
