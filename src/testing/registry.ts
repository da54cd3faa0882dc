/**
 * A registry on 127.0.0.1, which the Engine trusts without TLS: just enough of the distribution API to pull from
 * (https://distribution.github.io/distribution/spec/api/). Serves images made of one layer.
 */
import { createHash } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";

export type ServedImage = { layer: Buffer; labels: Record<string, string>; command: string[] };

export type TestRegistry = {
  /** "127.0.0.1:port", as it is written before an image's path. */
  host: string;
  /** Paths that were asked for, in order. */
  requests: string[];
  /** From now on requests are taken and never answered. */
  hang(): void;
  /** From now on layers begin to arrive, and then nothing more does. */
  stall(): void;
  /** From now on nobody may read anything. */
  deny(): void;
  /** From now on "path:tag" is this image. Returns its digest. */
  publish(name: string, image: ServedImage): string;
  /** Nothing listens any more, until it is started again at the same address. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
};

const manifestType = "application/vnd.docker.distribution.manifest.v2+json";

/** `images` maps "path:tag" to what is there. */
export async function startRegistry(images: Record<string, ServedImage>): Promise<TestRegistry> {
  const blobs = new Map<string, Buffer>();
  const manifests = new Map<string, Buffer>();
  for (const [name, image] of Object.entries(images)) addImage(name, image, blobs, manifests);
  const requests: string[] = [];
  let mood: "willing" | "hangs" | "stalls" | "denies" = "willing";
  const server = createServer((request, response) => {
    const url = request.url ?? "";
    requests.push(url);
    if (mood === "hangs") return;
    if (mood === "denies") return deny(response);
    const [, path, kind, key] = /^\/v2\/(.+)\/(manifests|blobs)\/(.+)$/.exec(url) ?? [];
    if (url === "/v2/") answer(response, "application/json", Buffer.from("{}"));
    else if (kind === "manifests")
      answer(response, manifestType, manifests.get(`${path}:${key}`) ?? blobs.get(key ?? ""));
    else if (mood === "stalls") begin(response, blobs.get(key ?? ""));
    else answer(response, "application/octet-stream", blobs.get(key ?? ""));
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const stop = () => {
    const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    return stopped;
  };
  await listen(0);
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("the registry listens on no port");
  const { port } = address;
  return {
    host: `127.0.0.1:${port}`,
    requests,
    hang() {
      mood = "hangs";
    },
    stall() {
      mood = "stalls";
    },
    deny() {
      mood = "denies";
    },
    publish: (name, image) => addImage(name, image, blobs, manifests),
    stop,
    start: () => listen(port),
    close: stop,
  };
}

function addImage(
  name: string,
  image: ServedImage,
  blobs: Map<string, Buffer>,
  manifests: Map<string, Buffer>,
): string {
  const layer = gzipSync(image.layer);
  const config = Buffer.from(
    JSON.stringify({
      architecture: process.arch === "arm64" ? "arm64" : "amd64",
      os: "linux",
      config: { Cmd: image.command, Labels: image.labels, Env: ["PATH=/bin:/usr/bin"] },
      rootfs: { type: "layers", diff_ids: [digestOf(image.layer)] },
    }),
  );
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      config: describe("application/vnd.docker.container.image.v1+json", config),
      layers: [describe("application/vnd.docker.image.rootfs.diff.tar.gzip", layer)],
    }),
  );
  for (const blob of [layer, config, manifest]) blobs.set(digestOf(blob), blob);
  manifests.set(name, manifest);
  return digestOf(manifest);
}

function describe(mediaType: string, blob: Buffer) {
  return { mediaType, size: blob.length, digest: digestOf(blob) };
}

function digestOf(blob: Buffer): string {
  return `sha256:${createHash("sha256").update(blob).digest("hex")}`;
}

function answer(response: ServerResponse, type: string, body: Buffer | undefined): void {
  if (!body) {
    response.writeHead(404, { "content-type": "application/json" });
    response.end(JSON.stringify({ errors: [{ code: "MANIFEST_UNKNOWN", message: "manifest unknown" }] }));
    return;
  }
  response.writeHead(200, {
    "content-type": type,
    "content-length": body.length,
    "docker-content-digest": digestOf(body),
  });
  response.end(body);
}

/** The configuration comes whole, so that the Engine goes on to the layer; of that the first bytes. */
function begin(response: ServerResponse, body: Buffer | undefined): void {
  if (!body || body[0] === 0x7b) {
    answer(response, "application/octet-stream", body);
  } else {
    response.writeHead(200, { "content-type": "application/octet-stream", "content-length": body.length });
    response.write(body.subarray(0, 16));
  }
}

function deny(response: ServerResponse): void {
  const headers = { "content-type": "application/json", "www-authenticate": 'Basic realm="test"' };
  response.writeHead(401, headers);
  response.end(JSON.stringify({ errors: [{ code: "UNAUTHORIZED", message: "authentication required" }] }));
}
