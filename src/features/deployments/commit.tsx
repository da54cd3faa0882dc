import { shortSha } from "./describe";

export function CommitSha({ sha }: { sha: string }) {
  return (
    <code className="font-mono text-muted text-xs" title={sha}>
      {shortSha(sha)}
    </code>
  );
}
