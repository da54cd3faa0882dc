/** Logs on their whole way: a container or a build on a real Engine, the worker as a process, five readers over HTTP. */
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { StoredLogLine } from "@/domain/log-line";
import { containerName, label } from "@/domain/naming";
import type { ServiceSource } from "@/domain/plan/types";
import { Secret } from "@/domain/secret";
import { createListenHub, type ListenHub } from "@/server/db/listen";
import { deployments, logChunks, services } from "@/server/db/schema";
import { createLogger } from "@/server/log";
import { createDeployment } from "@/server/services/deployment/create-deployment";
import { setVariables } from "@/server/services/variable/set-variables";
import { startApiServer } from "@/testing/api-server";
import { scriptSpec } from "@/testing/container-output";
import { createTestDatabase, describeWithDatabase, type TestDatabase } from "@/testing/database";
import { createTestEngine, describeWithDocker, type TestEngine } from "@/testing/docker";
import {
  makeDeployment,
  makeMember,
  makeOrganization,
  makeProject,
  makeService,
  testSecretKey,
} from "@/testing/factories";
import { startTestGitServer, type TestGitServer } from "@/testing/git-server";
import { type LogViewer, viewLog } from "@/testing/log-viewer";
import { residentMemory } from "@/testing/resident-memory";
import { makeServiceContext } from "@/testing/service-context";
import { WebClient } from "@/testing/web-client";
import { startWorkerProcess, type WorkerProcess } from "@/testing/worker-process";

const viewers = 5;

describeWithDatabase("a flood of lines", () => {
  describeWithDocker("on a real Engine", () => {
    let database: TestDatabase;
    let docker: TestEngine;
    let git: TestGitServer;
    let hub: ListenHub;
    let api: Awaited<ReturnType<typeof startApiServer>>;
    let worker: WorkerProcess;
    let dataDir: string;
    let organizationId: string;
    let context: ReturnType<typeof makeServiceContext>;

    beforeAll(async () => {
      database = await createTestDatabase();
      docker = createTestEngine();
      git = await startTestGitServer();
      dataDir = await mkdtemp(path.join(tmpdir(), "helvetia-flood-"));
      hub = createListenHub(new Secret(database.url), "test", createLogger("test", "silent"));
      await hub.ready;
      context = makeServiceContext(database.db, { changes: hub });
      organizationId = (await makeOrganization(database.db)).id;
      const { user, session } = await makeMember(database.db, organizationId, "viewer");
      const asker = { type: "user" as const, userId: user.id, sessionId: session.id, address: null };
      api = await startApiServer(context, { ...asker, roles: { [organizationId]: "viewer" } });
      worker = await startWorkerProcess({
        DATABASE_URL: database.url,
        SECRET_KEY: testSecretKey.reveal(),
        HELVETIA_DATA_DIR: dataDir,
        INSTANCE_ID: docker.prefix,
        NETWORK_POOL: `10.${240 + (process.pid % 15)}.0.0/16`,
        LOG_LEVEL: "warn",
      });
    });
    afterAll(async () => {
      await worker?.end("SIGKILL");
      await api?.close();
      await hub?.close();
      await docker.tearDown();
      await git.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    });

    async function makePlace(source?: ServiceSource) {
      const place = await makeProject(database.db, organizationId);
      return makeService(database.db, place, source && { source });
    }

    /** Five readers, the first of whom comes back twice. `newCheck` makes what looks at each line of one of them. */
    function watch(input: Parameters<typeof viewLog>[1], reconnectAt: number[], newCheck: () => Check): LogViewer[] {
      return Array.from({ length: viewers }, (_, index) => {
        const { take, isDone } = newCheck();
        const ways = index === 0 ? { reconnectAt, isEnough: isDone } : { isEnough: isDone };
        return viewLog(new WebClient(api.url), input, take, ways);
      });
    }

    const memory = () => residentMemory(worker.pid);
    function say(text: string, before: ReturnType<typeof memory>): void {
      const told = `memory of the worker ${before?.nowMb} MB before, at most ${memory()?.peakMb} MB`;
      process.stdout.write(`${text}; ${told}\n`);
    }

    it("5,000 lines a second of a container arrive whole and in order at all of them", async () => {
      const total = 50_000;
      const service = await makePlace();
      const deployment = await makeDeployment(database.db, service, { status: "live" });
      await database.db.update(services).set({ liveDeploymentId: deployment.id }).where(eq(services.id, service.id));
      const own = { [label.service]: service.id, [label.release]: deployment.id, [label.replica]: "0" };
      const times: number[] = [];
      const before = memory();
      const readers = watch({ deploymentId: deployment.id, kind: "runtime" }, [total / 5, total / 2], () => {
        let next = 0;
        return {
          take({ x, t }) {
            if (!x.startsWith(`line ${next} `)) throw new Error(`line ${next} should come, not "${x.slice(0, 40)}"`);
            next += 1;
            times.push(t);
          },
          isDone: () => next === total,
        };
      });
      await docker.engine.ensureNetwork(docker.network);
      // In steps of a tenth of a second, a little faster than it should be, for what the steps themselves take.
      const script = `BEGIN { for (n = 0; n < ${total}; n++) { printf "line %d %080d\\n", n, n; if (n % 500 == 499) { fflush(); system("usleep 90000") } } }`;
      await docker.engine.ensureContainer(
        scriptSpec(docker, `awk '${script}'; exec sleep 600`, {
          name: containerName(deployment.id, 0),
          labels: { ...docker.labels, ...own },
          cpuMillis: 1000,
        }),
      );
      await Promise.all(readers.map(({ done }) => done));
      expect(readers.map((viewer) => viewer.reached())).toEqual(readers.map(() => total));
      expect(readers.map((viewer) => viewer.connections())).toEqual([3, 1, 1, 1, 1]);
      const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
      say(`${total} lines of a container, ${Math.round(total / seconds)} a second, five readers`, before);
    });

    it("200,000 lines of a build arrive whole and in order at all of them", async () => {
      const repository = await git.createRepository("flood");
      await repository.commit({ Dockerfile: dockerfile });
      const service = await makePlace({ type: "git", url: repository.url, branch: "main", rootDirectory: "" });
      const actor = { type: "system" as const, reason: "test" };
      const asked = { serviceId: service.id, trigger: "manual" as const };
      const before = memory();
      const { id } = await createDeployment({ ...context, actor, organizationId }, asked);
      const digests: string[] = [];
      const readers = watch({ deploymentId: id, kind: "build" }, [30_000, 120_000], () => {
        const hash = createHash("sha256");
        const next: Record<string, number> = Object.fromEntries(stages.map((stage) => [stage, 0]));
        return {
          take({ s, x }) {
            hash.update(`${x}\n`);
            if (s !== "stdout") return;
            const [stage = "", number] = x.split(" ");
            if (Number(number) !== next[stage]) throw new Error(`${stage} ${next[stage]} should come, not "${x}"`);
            next[stage] = Number(number) + 1;
            if (Object.values(next).every((count) => count === linesEach)) digests.push(hash.copy().digest("hex"));
          },
          isDone: () => false,
        };
      });
      await Promise.all(readers.map(({ done }) => done));
      expect(digests).toHaveLength(viewers);
      expect(new Set(digests).size).toBe(1);
      expect(readers.map((viewer) => viewer.connections())).toEqual([3, 1, 1, 1, 1]);
      const [row] = await database.db.select().from(deployments).where(eq(deployments.id, id));
      expect(row?.imageId).not.toBeNull();
      say(`${stages.length * linesEach} lines of a build, five readers`, before);
    });

    it("nothing of a secret reaches the logs: not by the build, the application, the end of a line, or the error", async () => {
      const secret = "S3cr3t/+ &ä-value";
      const repository = await git.createRepository("secrets");
      const print = [
        'echo "$TOKEN"; echo "$TOKEN" >&2; printf %s "$TOKEN" | base64',
        'printf %s "u:$TOKEN" | base64; printf %s "us:$TOKEN" | base64; printf %s "$TOKEN" | xxd -p',
        // Across the place where the Engine cuts a long line in two.
        'head -c 16380 /dev/zero | tr "\\0" x; echo "$TOKEN"',
        'printf "the last is %s" "$TOKEN"',
      ].join("; ");
      // A build is not given secrets. Here somebody wrote one into the Dockerfile, which BuildKit shows, too.
      await repository.commit({
        "print.sh": print,
        Dockerfile: `FROM busybox:1.36\nCOPY print.sh /\nRUN : ${randomBytes(6).toString("hex")}; TOKEN='${secret}' sh /print.sh; echo; echo built\nCMD ["sh", "-c", "sh /print.sh; exit 3"]\n`,
      });
      const service = await makePlace({ type: "git", url: repository.url, branch: "main", rootDirectory: "" });
      const acting = { ...context, actor: { type: "system" as const, reason: "test" }, organizationId };
      const variables = [{ key: "TOKEN", value: secret, secret: true }];
      await setVariables(acting, { serviceId: service.id, variables, remove: [] });
      const { id } = await createDeployment(acting, { serviceId: service.id, trigger: "manual" });
      const row = async () => (await database.db.select().from(deployments).where(eq(deployments.id, id)))[0];
      await expect.poll(async () => (await row())?.status, { timeout: 60_000 }).toBe("failed");
      const lines = async (kind: string) => {
        const chunks = await database.db.select().from(logChunks).where(eq(logChunks.sourceId, id));
        return chunks.filter((chunk) => chunk.kind === kind).flatMap((chunk) => chunk.lines.map((line) => line.x));
      };
      const stored = [...(await lines("build")), ...(await lines("runtime")), JSON.stringify((await row())?.error)];
      expect(await lines("build")).toContain("built");
      for (const kind of ["build", "runtime"]) expect((await lines(kind)).join("")).toContain("the last is [redacted]");
      expect((await row())?.error).toMatchObject({ details: { exitCode: 3 } });
      const forms = [secret, Buffer.from(secret).toString("hex"), Buffer.from(secret).toString("base64").slice(0, 20)];
      for (const before of ["u:", "us:"]) {
        const encoded = Buffer.from(before + secret).toString("base64");
        forms.push(encoded.slice(4, 20));
      }
      for (const form of forms) expect(stored.filter((text) => text.includes(form))).toEqual([]);
    });
  });
});

type Check = { take(line: StoredLogLine): void; isDone(): boolean };

const stages = ["a", "b", "c", "d"];
const linesEach = 50_000;

/** BuildKit lets 100 KiB a second and 1 MiB in all of a step through, so that many lines come from several, paced. */
const step = (stage: string) =>
  `awk 'BEGIN { for (n = 0; n < ${linesEach}; n++) { print "${stage} " n; if (n % 8000 == 7999) { fflush(); system("sleep 1") } } }'`;

const dockerfile = [
  ...stages.flatMap((stage) => [
    `FROM busybox:1.36 AS ${stage}`,
    `RUN : ${randomBytes(6).toString("hex")}; ${step(stage)} && touch /done-${stage}`,
  ]),
  "FROM busybox:1.36",
  ...stages.map((stage) => `COPY --from=${stage} /done-${stage} /`),
  'CMD ["false"]',
  "",
].join("\n");
