/**
 * `npm run smoke`: a first run from nothing to a routed application, checked by HTTP as a stranger would. Its last
 * line is JSON with the time of each step. Everything that it made is removed again.
 */
import http from "node:http";
import { startInstance } from "@/testing/instance";
import { signIn } from "@/testing/sign-in";
import { createProgress } from "./start/progress.mjs";

const progress = createProgress(process.stderr);
const expected = { status: 200, text: "It runs." };

function get(routerUrl: string, host: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const request = http.get(routerUrl, { headers: { host } }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => {
        body += text;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    request.on("error", reject);
  });
}

const instance = await startInstance((text) => process.stderr.write(text));
let failure: string | null = null;
try {
  const { report, owner } = instance;
  if (report.applicationUrl === null) throw new Error("the sample application was not deployed");
  await progress.step("Application", async ({ detail }) => {
    const { host } = new URL(report.applicationUrl ?? "");
    const { status, body } = await get(report.routerUrl, host);
    if (status !== expected.status || !body.includes(expected.text))
      throw new Error(`it answered ${status}: ${body.slice(0, 500)}`);
    detail(`${host} answers through the router`);
  });
  await progress.step("Sign-in", async ({ detail }) => {
    if ((await signIn(report.dashboardUrl, { ...owner, password: "wrong" })) !== null)
      throw new Error("a wrong password was let in");
    const session = await signIn(report.dashboardUrl, owner);
    if (session?.email !== owner.email) throw new Error(`signed in as ${session?.email}`);
    detail(`as ${session.email}`);
  });
} catch (error) {
  failure = error instanceof Error ? error.message : String(error);
  progress.fail("The smoke run failed.", failure);
} finally {
  await progress.step("Clean up", async ({ detail }) => {
    await instance.destroy();
    detail("containers, networks, images and files removed");
  });
}
const { readyMs, steps } = instance.report;
const times = Object.fromEntries(
  [...steps, ...progress.finished].map((step) => [step.label.trim(), Math.round(step.durationMs)]),
);
console.log(JSON.stringify({ ok: failure === null, readyMs: Math.round(readyMs), times }));
process.exit(failure === null ? 0 : 1);
