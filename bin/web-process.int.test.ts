/** The web process as npm start runs it: the production build, a real database, nothing but HTTP in between. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Secret } from "@/domain/secret";
import { logChunks, logSources } from "@/server/db/schema";
import { notify } from "@/server/events";
import { createOwner } from "@/server/services/instance/create-owner";
import { appendLogLines } from "@/server/services/log/append-log-lines";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { makeDeployment, makeProject, makeService, testSecretKey } from "@/testing/factories";
import { residentMemory } from "@/testing/resident-memory";
import { makeServiceContext } from "@/testing/service-context";
import { type SseEvent, WebClient } from "@/testing/web-client";
import { buildApplication } from "./start/build-application";
import { freePort } from "./start/free-port";

const root = path.resolve(import.meta.dirname, "..");
const email = "owner@example.com";
const password = "correct horse battery";
// Far more than it takes, far less than a poll or a ping: a busy machine does not fail it, a missing hint does.
const promptMs = 5_000;

describeWithDatabase("web process", () => {
  let database: TestDatabase;
  let server: ChildProcess;
  let base: string;
  let organizationId: string;
  const output: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    ({ organizationId } = await createOwner(makeServiceContext(database.db), {
      email,
      password: new Secret(password),
    }));
    const build = await buildApplication(root, () => undefined, new AbortController().signal);
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    server = spawn(process.execPath, [path.join(build.directory, "web/server.js")], {
      env: {
        PATH: process.env.PATH,
        NODE_ENV: "production",
        DATABASE_URL: database.url,
        SECRET_KEY: testSecretKey.reveal(),
        PUBLIC_URL: base,
        HOSTNAME: "127.0.0.1",
        PORT: String(port),
      },
    });
    for (const stream of [server.stdout, server.stderr])
      stream?.on("data", (data: Buffer) => output.push(String(data)));
    await vi.waitUntil(async () => (await fetch(`${base}/api/ready`).catch(() => null))?.ok, { timeout: 30_000 });
  }, 300_000);
  afterAll(async () => {
    if (server.exitCode === null && server.signalCode === null) server.kill("SIGKILL");
    await database.drop();
  });

  async function signedIn(): Promise<WebClient> {
    const client = new WebClient(base);
    expect((await client.signIn(email, password)).error).toBeNull();
    return client;
  }
  /** Follows a subscription in the background; `next` waits a short time for the next event that is no ping. */
  function follow(client: WebClient, procedure: string, input: unknown, lastEventId?: string) {
    const abort = new AbortController();
    const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(60_000)]);
    const events = client.subscribe(procedure, input, { signal, ...(lastEventId !== undefined && { lastEventId }) });
    const next = async (): Promise<SseEvent | null> => {
      const { done, value } = await events.next();
      if (done) return null;
      return value.event === "ping" ? next() : value;
    };
    const soon = async () => {
      const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error("too late")), promptMs).unref());
      return Promise.race([next(), late]);
    };
    return { soon, stop: () => abort.abort() };
  }

  describe("signing in", () => {
    it("opens the API; the cookie is out of reach of scripts and other sites", async () => {
      const client = await signedIn();
      expect(await client.query("viewer.get")).toMatchObject({
        status: 200,
        body: { result: { data: { user: { email }, organizations: [{ id: organizationId, role: "owner" }] } } },
      });
      const cookie = client.setCookies.find((line) => line.startsWith("helvetia.session="));
      expect(cookie).toMatch(/HttpOnly/i);
      expect(cookie).toMatch(/SameSite=Lax/i);
      expect(cookie).not.toMatch(/Domain=/i);
    });

    it("refuses a wrong password by its code, and sets no session", async () => {
      const client = new WebClient(base);
      expect((await client.signIn(email, "wrong")).error).toBe("invalid_credentials");
      expect(await client.query("viewer.get")).toMatchObject({
        status: 401,
        body: { error: { data: { code: "unauthenticated", requestId: expect.any(String) } } },
      });
    });

    it.each(["https://evil.example/x", "//evil.example", "http://["])("never leads to %s", async (callbackUrl) => {
      const { url } = await new WebClient(base).signIn(email, password, callbackUrl);
      expect(url.origin).toBe(base);
    });

    it("ends at once by signing out: the cookie opens nothing any more, in whatever hands", async () => {
      const client = await signedIn();
      const cookie = client.setCookies.find((line) => line.startsWith("helvetia.session="))?.split(";")[0] ?? "";
      const withCookie = async () => (await fetch(`${base}/api/trpc/viewer.get`, { headers: { cookie } })).status;
      expect(await withCookie()).toBe(200);
      await client.signOut();
      expect((await client.query("viewer.get")).status).toBe(401);
      await expect.poll(withCookie, { interval: 5, timeout: promptMs }).toBe(401);
    });
  });

  it("refuses a change that a foreign page sends, or an application on the same host", async () => {
    const client = await signedIn();
    const create = (headers: Record<string, string>) =>
      client.mutate("project.create", { organizationId, name: "Forged" }, headers);
    for (const origin of ["https://evil.example", "http://127.0.0.1:8080", "null"]) {
      expect(await create({ origin })).toMatchObject({ status: 403, body: { error: { data: { code: "forbidden" } } } });
    }
    expect((await create({ "content-type": "text/plain" })).status).toBe(400);
    expect((await create({ origin: base })).status).toBe(200);
  });

  it("answers what it does not know with an error of the catalogue, and logs nothing of it", async () => {
    const client = await signedIn();
    const before = output.length;
    expect(await client.query("no.such")).toMatchObject({
      status: 404,
      body: { error: { data: { code: "not_found" } } },
    });
    expect(await client.query("project.get", { projectId: "'; drop table users; --" })).toMatchObject({
      status: 400,
      body: { error: { data: { code: "invalid_input", details: { fields: { projectId: expect.any(String) } } } } },
    });
    expect(output.slice(before).join("")).toBe("");
    expect((await client.fetch("/api/auth/_log", { method: "POST", body: "x=1" })).status).toBe(404);
  });

  describe("streams", () => {
    it("tell of a change soon after it was made", async () => {
      const client = await signedIn();
      const { project } = await makeProject(database.db, organizationId);
      const stream = follow(client, "project.watch", { projectId: project.id });
      expect(await stream.soon()).toMatchObject({ event: "connected" });
      expect(await stream.soon()).toMatchObject({ data: { type: "connected" } });
      await client.mutate("project.rename", { projectId: project.id, name: "Renamed" });
      expect(await stream.soon()).toMatchObject({ data: { type: "project" } });
      stream.stop();
    });

    it("give each log line once, and go on where a client that reconnects stopped", async () => {
      const client = await signedIn();
      const service = await makeService(database.db, await makeProject(database.db, organizationId));
      const deployment = await makeDeployment(database.db, service, { status: "building" });
      const key = { sourceId: deployment.id, kind: "build" as const };
      const append = (firstOffset: number, text: string) =>
        database.db.transaction(async (tx) => {
          const nextOffset = firstOffset + 1;
          const line = { t: 0, s: "stdout" as const, x: text };
          await tx
            .insert(logChunks)
            .values({ ...key, serviceId: deployment.serviceId, firstOffset, lineCount: 1, bytes: 40, lines: [line] });
          await tx
            .insert(logSources)
            .values({ ...key, serviceId: service.id, nextOffset })
            .onConflictDoUpdate({ target: [logSources.sourceId, logSources.kind], set: { nextOffset } });
          await notify(tx, { type: "log", ...key, serviceId: service.id, nextOffset });
        });
      const input = { deploymentId: deployment.id, kind: "build" };
      await append(0, "first");
      const stream = follow(client, "log.follow", input);
      await stream.soon();
      expect(await stream.soon()).toMatchObject({ id: "1", data: { firstOffset: 0, lines: [{ x: "first" }] } });
      await append(1, "second");
      expect(await stream.soon()).toMatchObject({ id: "2", data: { lines: [{ x: "second" }] } });
      stream.stop();

      await append(2, "third");
      const resumed = follow(client, "log.follow", input, "2");
      await resumed.soon();
      expect(await resumed.soon()).toMatchObject({ id: "3", data: { firstOffset: 2, lines: [{ x: "third" }] } });
      resumed.stop();
      await database.db.delete(logChunks).where(eq(logChunks.sourceId, deployment.id));
    });

    it("a log of 300,000 lines comes whole as a file, for whoever may read it", async () => {
      const client = await signedIn();
      const deployment = await makeDeployment(
        database.db,
        await makeService(database.db, await makeProject(database.db, organizationId)),
      );
      const { id: sourceId, serviceId } = deployment;
      const total = 300_000;
      for (let from = 0; from < total; from += 1_000) {
        const lines = Array.from({ length: 1_000 }, (_, n) => ({ t: 0, s: "stdout" as const, x: `${from + n} ok` }));
        await appendLogLines(database.db, { sourceId, serviceId, kind: "build" }, lines);
      }
      const path = `/api/logs/${sourceId}/build`;
      const before = residentMemory(server.pid ?? 0);
      const response = await client.fetch(path);
      expect(response.status).toBe(200);
      expect(response.headers.get("content-disposition")).toBe("attachment");
      const lines = (await response.text()).split("\n");
      expect(lines.pop()).toBe("");
      expect(lines.findIndex((line, n) => line !== `1970-01-01T00:00:00.000Z ${n} ok`)).toBe(-1);
      expect(lines).toHaveLength(total);
      process.stdout.write(
        `a download of ${total} lines: web process ${before?.nowMb} MB, then at most ${residentMemory(server.pid ?? 0)?.peakMb} MB\n`,
      );
      expect((await new WebClient(base).fetch(path)).status).toBe(401);
      expect((await client.fetch("/api/logs/dep_00000000000000000000/build")).status).toBe(404);
      expect((await client.fetch("/api/logs/nonsense/build")).status).toBe(400);
    });

    it("end with their session, and say why", async () => {
      const client = await signedIn();
      const { project } = await makeProject(database.db, organizationId);
      const stream = follow(client, "project.watch", { projectId: project.id });
      await stream.soon();
      await stream.soon();
      await client.signOut();
      expect(await stream.soon()).toMatchObject({
        event: "serialized-error",
        data: { data: { code: "unauthenticated", httpStatus: 401 } },
      });
      expect(await stream.soon()).toBeNull();
    });

    it("do not hold up the end of the process, and tell the browser to come back", async () => {
      const client = await signedIn();
      const { project } = await makeProject(database.db, organizationId);
      const stream = follow(client, "project.watch", { projectId: project.id });
      await stream.soon();
      await stream.soon();
      const exited = once(server, "exit");
      server.kill("SIGTERM");
      expect(await stream.soon()).toMatchObject({ event: "serialized-error", data: { data: { code: "restarting" } } });
      const late = new Promise((resolve) => setTimeout(resolve, 2 * promptMs, "still running").unref());
      expect(await Promise.race([exited, late])).not.toBe("still running");
    });
  });
});
