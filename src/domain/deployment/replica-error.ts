import { AppError, type ErrorRecord } from "@/domain/errors";
import { statusesInWords } from "@/domain/health/describe-check";
import { formatSpan } from "@/domain/health/format-span";
import { neededMs } from "@/domain/health/health-settings";
import type { FrozenDeployment, Listener, ProbedReplica, ReplicaSight, ReplicaState } from "./decision";
import { limitInWords, spanInWords } from "./limits";

/** "Cannot be executed" and "not found", of shells and of the containers' process 1 alike (POSIX, Exit Status for Commands). */
const badCommandCodes = new Set([126, 127]);

/** As much of a page as belongs into a sentence. */
const longestQuote = 120;
/** One that ends sooner ended right after its start. */
const rightAfterMs = 5_000;

/** Why a replica that should run does not. */
export function replicaEndedError(
  { memoryMib }: Pick<FrozenDeployment, "memoryMib">,
  replica: ReplicaSight,
): ErrorRecord {
  const { name, state, lastLines } = replica;
  const details = { container: name, exitCode: state?.exitCode ?? null, lastLines };
  if (state?.outOfMemory) {
    const message = `The application ran out of memory: it may use ${memoryMib} MiB.`;
    return new AppError("container_out_of_memory", { message, details: { ...details, memoryMib } }).toRecord();
  }
  if (!state) {
    return new AppError("container_exited", {
      message: "The application's container was removed.",
      details,
    }).toRecord();
  }
  if (state.exitCode !== null && badCommandCodes.has(state.exitCode)) {
    return new AppError("invalid_start_command", { details }).toRecord();
  }
  const code = state.exitCode === null ? "" : ` with exit code ${state.exitCode}`;
  const message = `The application stopped ${sinceStart(state)}${code}.`;
  return new AppError("container_exited", { message, details }).toRecord();
}

function sinceStart({ startedAt, finishedAt }: ReplicaState): string {
  const ms = startedAt && finishedAt ? finishedAt.getTime() - startedAt.getTime() : 0;
  return ms < rightAfterMs ? "right after its start" : `${spanInWords(ms)} after its start`;
}

/** Why a replica that runs gets no traffic. */
export function replicaUnhealthyError(frozen: FrozenDeployment, port: number, replica: ProbedReplica): ErrorRecord {
  const { name, probe, listeners } = replica;
  const { check, threshold } = frozen.health;
  const limit = healthLimitInWords(frozen);
  const asked = `asked ${timesInWords(replica.asked)} within ${limit}`;
  if (probe?.ok) return tooFewAnswers(replica, threshold, limit);
  if (probe?.reason === "healthcheck") return healthcheckError(replica, probe.body ?? "", limit);
  if (probe === null || probe.reason === "refused" || check.type !== "http") {
    const { text, ...ports } = portsInWords(port, listeners);
    return new AppError("port_not_open", {
      message: `Nothing answered on port ${port}, ${asked}. ${text}`.trimEnd(),
      details: { container: name, asked: replica.asked, port, ...ports },
    }).toRecord();
  }
  const answers = {
    status: `answered with status ${probe.status}${quoteOf(probe.body)}`,
    timeout: `did not answer within ${formatSpan(frozen.health.timeoutMs)}`,
    reset: "closed the connection without an answer",
  } as const;
  const wanted = probe.reason === "status" ? ` Wanted is ${statusesInWords(check)}.` : "";
  return new AppError("health_check_failed", {
    message: `${check.path} ${answers[probe.reason]}, ${asked}.${wanted}`,
    details: {
      ...{ container: name, asked: replica.asked, path: check.path },
      ...{ status: probe.status ?? null, body: probe.body ?? null },
    },
  }).toRecord();
}

/** An image that was to be asked by its HEALTHCHECK has none. */
export function noHealthcheckError(): ErrorRecord {
  return new AppError("health_check_failed", {
    message: "The image has no HEALTHCHECK.",
    fix: "Add one to the Dockerfile, or choose another health check in the service's settings.",
  }).toRecord();
}

function healthcheckError({ name, asked }: ProbedReplica, output: string, limit: string): ErrorRecord {
  const printed = quoteOf(output);
  return new AppError("health_check_failed", {
    message: `The image's HEALTHCHECK did not pass${printed}, run ${timesInWords(asked)} within ${limit}.`,
    fix: "Look at what it printed and at the log, or correct it in the Dockerfile.",
    details: { container: name, asked, body: output },
  }).toRecord();
}

function tooFewAnswers({ name, asked, successes }: ProbedReplica, threshold: number, limit: string): ErrorRecord {
  return new AppError("health_check_failed", {
    message: `The application answered well ${successes} of ${threshold} times in a row within ${limit}.`,
    fix: "Lower the threshold or the interval of its health check, or have it be ready sooner.",
    details: { container: name, asked, successes, threshold },
  }).toRecord();
}

/** With the name of what the limit comes from: the service's own start period, or the server's setting. */
function healthLimitInWords({ health, limits }: FrozenDeployment): string {
  const isOwn = health.startPeriodMs !== null && neededMs(health) + health.timeoutMs === limits.healthMs;
  return isOwn ? `${spanInWords(limits.healthMs)} (start period in the settings)` : limitInWords(limits, "healthMs");
}

function timesInWords(times: number): string {
  return times === 1 ? "once" : `${times} times`;
}

function quoteOf(text: string | undefined): string {
  const firstLine = text?.trim().split("\n", 1)[0]?.slice(0, longestQuote) ?? "";
  return firstLine === "" ? "" : ` ("${firstLine}")`;
}

/** Where it listens instead: on other ports, or where nobody else can reach it. */
function portsInWords(port: number, listeners: Listener[] | null) {
  const local = (listeners ?? []).filter(({ address }) => address.startsWith("127.") || address === "::1");
  const openPorts = [...new Set((listeners ?? []).filter((one) => !local.includes(one)).map((one) => one.port))];
  const loopbackPorts = [...new Set(local.map((one) => one.port))].filter((one) => !openPorts.includes(one));
  const ports = { openPorts, loopbackPorts };
  if (loopbackPorts.includes(port)) {
    return { ...ports, text: `The application listens on 127.0.0.1:${port}, where only itself can reach it.` };
  }
  if (openPorts.length > 0) return { ...ports, text: `The application listens on ${openPorts.join(", ")}.` };
  if (loopbackPorts.length > 0) {
    return { ...ports, text: `The application listens on 127.0.0.1:${loopbackPorts.join(", 127.0.0.1:")} only.` };
  }
  return { ...ports, text: listeners === null ? "" : "The application listens on no port." };
}
