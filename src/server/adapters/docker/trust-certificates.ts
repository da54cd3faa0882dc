import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type Dockerode from "dockerode";
import { pack } from "tar-stream";
import { label } from "@/domain/naming";
import type { ImageInfo } from "@/server/ports";
import { bundleEnvironment, bundlePath, certificateBundle } from "./base/certificates";
import { findImage } from "./find-image";
import { parseImageReference } from "./image-reference";
import { translateError } from "./translate-error";

/**
 * On a network with certificate authorities of its own, a base image gets a layer with this machine's bundle in the
 * place where its programs look, and its tag on this Engine moves to the result. Builds of foreign Dockerfiles offer no
 * other way in: without it the first `npm ci` fails. An image that is named by digest stays as it is.
 */
export async function trustCertificates(
  docker: Dockerode,
  image: ImageInfo,
  extraFile: string | null,
  say: (text: string) => void,
): Promise<ImageInfo> {
  const { tag } = parseImageReference(image.reference);
  if (extraFile === null || tag === null || image.labels[label.assembled]) return image;
  try {
    const bundle = await certificateBundle(extraFile);
    const digest = createHash("sha256").update(bundle).digest("hex").slice(0, 16);
    if (image.labels[label.certificates] === digest) return image;
    await commitWithBundle(docker, image.reference, tag, bundle, digest);
    say(`${image.reference} trusts this server's certificate authorities now (EXTRA_CA_CERTS).`);
    return (await findImage(docker, image.reference)) ?? image;
  } catch (error) {
    throw translateError(error, "base_image_unavailable", { reference: image.reference });
  }
}

async function commitWithBundle(docker: Dockerode, reference: string, tag: string, bundle: string, digest: string) {
  const { Config: config } = await docker.getImage(reference).inspect();
  const hasCommand = (config.Cmd ?? config.Entrypoint ?? []).length > 0;
  const container = await docker.createContainer({
    Image: reference,
    HostConfig: { NetworkMode: "none" },
    // Never started, but the Engine makes no container without a command; the commit takes it out again.
    ...(!hasCommand && { Cmd: ["true"] }),
  });
  try {
    const archive = pack();
    archive.entry({ name: bundlePath.slice(1), mode: 0o644, mtime: new Date(0) }, bundle);
    archive.finalize();
    await container.putArchive(await buffer(Readable.from(archive)), { path: "/" });
    const environment = Object.entries(bundleEnvironment).map(([key, value]) => `ENV ${key}=${value}`);
    const changes = [...environment, `LABEL ${label.certificates}=${digest}`, ...(hasCommand ? [] : ["CMD []"])];
    const repo = reference.endsWith(`:${tag}`) ? reference.slice(0, -`:${tag}`.length) : reference;
    await container.commit({ repo, tag, changes });
  } finally {
    await container.remove({ force: true });
  }
}
