import { AppError, type ErrorRecord } from "@/domain/errors";
import type { FrozenDeployment, ProbedReplica, ReplicaSight } from "./decision";
import { limitInWords } from "./limits";

/** "Cannot be executed" and "not found", of shells and of the containers' process 1 alike (POSIX, Exit Status for Commands). */
const badCommandCodes = new Set([126, 127]);

/** Why a replica that should run does not. */
export function replicaEndedError(replica: ReplicaSight): ErrorRecord {
  const { name, state, lastLines } = replica;
  const details = { container: name, exitCode: state?.exitCode ?? null, lastLines };
  if (state?.outOfMemory) return new AppError("container_out_of_memory", { details }).toRecord();
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
  const message = `The application stopped right after its start${code}.`;
  return new AppError("container_exited", { message, details }).toRecord();
}

/** Why a replica that runs gets no traffic. */
export function replicaUnhealthyError(frozen: FrozenDeployment, port: number, replica: ProbedReplica): ErrorRecord {
  const { name, probe, openPorts } = replica;
  const limit = limitInWords(frozen.limits, "healthMs");
  if (probe === null || probe.ok || probe.reason === "refused" || frozen.healthPath === null) {
    const elsewhere = openPorts && openPorts.length > 0 ? ` The application listens on ${openPorts.join(", ")}.` : "";
    return new AppError("port_not_open", {
      message: `Nothing answered on port ${port} within ${limit}.${elsewhere}`,
      details: { container: name, port, openPorts: openPorts ?? [] },
    }).toRecord();
  }
  const answers = {
    status: `answered with status ${probe.status}`,
    timeout: "did not answer in time",
    reset: "closed the connection without an answer",
  } as const;
  return new AppError("health_check_failed", {
    message: `${frozen.healthPath} ${answers[probe.reason]}, for ${limit}.`,
    details: { container: name, path: frozen.healthPath, status: probe.status ?? null, body: probe.body ?? null },
  }).toRecord();
}
