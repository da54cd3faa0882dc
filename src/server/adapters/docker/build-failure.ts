/** What BuildKit's last words mean. They differ between versions: both Docker 20.10's and those since 23 are read. */
import { AppError } from "@/domain/errors";

const commandForms = [
  /process "(.*)" did not complete successfully: exit code: (\d+)/s,
  /executor failed running \[(.*)\]: exit code: (\d+)/s,
];

/** Ended by SIGKILL. Within a build nobody sends it but the kernel, when the memory limit is reached. */
const killed = 137;

export function buildFailure(text: string, request: { dockerfilePath: string; memoryMib: number }): AppError {
  const reason = text.replace(/^failed to solve( with frontend \S+)?: (failed to create LLB definition: )?/, "").trim();
  for (const form of commandForms) {
    const [, shellCommand, code] = form.exec(reason) ?? [];
    if (shellCommand !== undefined) return commandFailure(shellCommand, Number(code), request.memoryMib);
  }
  if (/no space left on device/i.test(reason)) return new AppError("disk_full", { details: { reason } });
  if (/failed to (read|open) dockerfile: .*no such file/is.test(reason)) {
    return new AppError("dockerfile_not_found", {
      message: `There is no file ${request.dockerfilePath}.`,
      details: { reason },
    });
  }
  const file = missingFile(reason);
  if (file !== null) {
    return new AppError("build_file_not_found", {
      message: `The build needs ${file}, which is not in the repository.`,
      details: { file, reason },
    });
  }
  const image = /(?:resolve source metadata for|load metadata for) (\S+?):? /.exec(`${reason} `)?.[1] ?? null;
  if (image !== null || /failed to do request|pull access denied|no such host|manifest unknown/i.test(reason)) {
    return new AppError("base_image_unavailable", { details: { ...(image && { reference: image }), reason } });
  }
  return new AppError("build_failed", { message: `The build failed: ${firstLine(reason)}`, details: { reason } });
}

const missingFileForms = [
  /failed to (?:compute cache key|calculate checksum of ref \S+): (?:.*: )?"\/?([^"]+)"(?: not found|: not found)/s,
  /failed to compute cache key: .*lstat \S*\/buildkit-mount\d+\/(.+): no such file or directory/s,
];

/** What COPY or ADD did not find in the files of the build; null where that is not what happened. */
function missingFile(reason: string): string | null {
  for (const form of missingFileForms) {
    const [, file] = form.exec(reason) ?? [];
    if (file !== undefined) return file;
  }
  return null;
}

function commandFailure(shellCommand: string, exitCode: number, memoryMib: number): AppError {
  const command = shellCommand.replace(/^\/bin\/(ba)?sh -c /, "");
  const details = { exitCode, command };
  if (exitCode === killed) {
    const message = `The build ran out of memory: it may use ${memoryMib} MiB.`;
    return new AppError("build_out_of_memory", { message, details: { ...details, memoryMib } });
  }
  return new AppError("build_failed", {
    message: `The build failed: "${firstLine(command)}" ended with exit code ${exitCode}.`,
    details,
  });
}

function firstLine(text: string): string {
  const line = text.split("\n")[0] ?? "";
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
