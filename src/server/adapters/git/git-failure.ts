/** A git process that ended with an error, and what that means. Git tells most things apart by its C messages alone. */
import { AppError, type ErrorCode } from "@/domain/errors";

export class GitFailure extends Error {
  override readonly name = "GitFailure";
  readonly exitCode: number | null;
  /** What git itself said: lines that the remote made it print are left out, for their author is a stranger. */
  readonly said: string;

  constructor(command: string, exitCode: number | null, stderr: string) {
    const said = stderr
      .split(/[\r\n]+/)
      .filter((line) => line !== "" && !line.startsWith("remote:"))
      .join("\n");
    super(`git ${command} ended with ${exitCode ?? "a signal"}: ${said}`);
    this.exitCode = exitCode;
    this.said = said;
  }
}

/** Besides the catalogue's codes: the mirror is damaged, or another process holds a lock in it. */
export type Verdict = ErrorCode | "mirror_broken" | "mirror_locked";

/** In this order: the first that matches decides. */
const rules: readonly (readonly [RegExp, Verdict])[] = [
  // Of a file that it cannot write to its end, Git does not say why.
  [/No space left on device|Disk quota exceeded|unable to write (file|new index)/, "disk_full"],
  [/couldn't find remote ref/, "branch_not_found"],
  [/not our ref|unadvertised object/, "commit_not_found"],
  [/could not read Username|could not read Password/, "repository_not_found"],
  [/Authentication failed|error: 40[13]|Permission denied \(|HTTP Basic: Access denied/, "repository_access_denied"],
  [
    /^fatal: repository '.*' not found$|error: 404|does not appear to be a git repository|is this a git repository\?/m,
    "repository_not_found",
  ],
  [/transport '.*' not allowed/, "repository_not_allowed"],
  [/Unable to create '.*\.lock'|cannot lock ref|is at [0-9a-f]+ but expected|unable to lock/, "mirror_locked"],
  [
    /Could not resolve|unable to access|RPC failed|early EOF|hung up|unexpected disconnect|Could not read from remote|Host key verification|Connection (refused|reset|timed out)|redirect/,
    "repository_unreachable",
  ],
  [
    /not a git repository|bad (object|tree|config|signature)|(object|pack|packfile|index|loose).* (corrupt|missing|empty|too short|too small|invalid)|does not point to a valid object|missing (blob|tree|commit|object)|unable to (read|unpack|find)|unresolved delta|did not send all necessary objects|inflate|cannot be (read|opened|mmap)/i,
    "mirror_broken",
  ],
];

/** What an exit with these words means. Messages that are not known say most likely that the remote could not be used. */
export function judge(failure: GitFailure, withToken: boolean): Verdict {
  const verdict = rules.find(([pattern]) => pattern.test(failure.said))?.[1] ?? "repository_unreachable";
  // A server that still asks after it was given a token has refused it; many answer so rather than with 403.
  if (withToken && /could not read Username/.test(failure.said)) return "repository_access_denied";
  return verdict;
}

export function toAppError(failure: GitFailure, withToken: boolean): AppError {
  const verdict = judge(failure, withToken);
  const reason = /^(?:fatal|error|ssh): (.*)$/m.exec(failure.said)?.[1]?.slice(0, 300);
  const code = verdict === "mirror_broken" || verdict === "mirror_locked" ? "unexpected" : verdict;
  const moved = /returned error: 30\d/.test(failure.said) && {
    message: "The repository has moved to another address.",
    fix: "Enter its new address.",
  };
  return new AppError(code, { cause: failure, ...moved, ...(reason !== undefined && { details: { reason } }) });
}
