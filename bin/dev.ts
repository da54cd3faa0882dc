/** `npm run dev`: the same instance as npm start's, with web, worker and router from the sources, restarted on changes. */
import { firstRun } from "./start/first-run";
import { prepareInstance, withEnvironment } from "./start/prepare-instance";
import { checkFirst, provideDatabase, provideDocker } from "./start/provide";
import { runUntilStopped } from "./start/run-until-stopped";
import { readMachine } from "./start/system-packages";
import { together } from "./start/together";
import { watchProcess } from "./start/watched-process";
import { printSummary } from "./start/write-report";

const tsx = ["node_modules/tsx/dist/cli.mjs", "watch", "--clear-screen=false"];

await runUntilStopped(async (stage) => {
  const startedAt = performance.now();
  const given = await prepareInstance(process.cwd());
  await checkFirst(given, stage);
  const [DATABASE_URL, DOCKER_HOST] = await together(stage.abort, [
    provideDatabase(given, stage),
    provideDocker(given, readMachine(), stage),
  ]);
  const instance = withEnvironment(given, { DATABASE_URL, DOCKER_HOST });
  const { host, port } = instance.config.web;
  const processes: Record<string, string[]> = {
    edge: [...tsx, "worker/edge.ts"],
    worker: [...tsx, "worker/index.ts"],
    web: ["node_modules/next/dist/bin/next", "dev", "--hostname", host, "--port", String(port)],
  };
  const env: NodeJS.ProcessEnv = { ...instance.environment, NODE_ENV: "development" };
  for (const [name, args] of Object.entries(processes)) stage.onStop(watchProcess(name, args, env).stop);
  const first = await firstRun(instance, stage);
  printSummary(instance, first, stage.progress, performance.now() - startedAt);
  first?.owner.finish();
});
