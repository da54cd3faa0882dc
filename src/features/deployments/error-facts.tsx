import type { Deployment } from "@/features/api/outputs";
import { CodeBlock } from "@/ui/code-block";

type Details = NonNullable<Deployment["error"]>["details"];

const labels: Record<string, string> = {
  path: "Path",
  status: "Answered",
  attempts: "Attempts",
  exitCode: "Exit code",
  command: "Command",
  reason: "Reason",
  port: "Port",
  openPorts: "Listens on",
  loopbackPorts: "Listens on 127.0.0.1 alone",
  memoryMib: "Memory limit in MiB",
  file: "File",
  branch: "Branch",
  reference: "Image",
  replica: "Replica",
  image: "Image",
};

/** The facts that came with an error: short ones in a row, an answer or the end of a log as it was. */
export function ErrorFacts({ details }: { details: Details }) {
  const facts = Object.entries(details ?? {}).map(([name, value]): [string, string] => [name, plainText(value)]);
  const short = facts.filter(([name, text]) => name in labels && text !== "");
  const answer = typeof details?.body === "string" ? details.body : "";
  const lastLines = Array.isArray(details?.lastLines) ? details.lastLines.join("\n").replace(/^\s*\n/, "") : "";
  if (short.length === 0 && answer === "" && lastLines === "") return null;
  return (
    <div className="mt-2 flex flex-col gap-2">
      {short.length > 0 && (
        <dl className="flex flex-wrap gap-x-5 gap-y-1 text-xs">
          {short.map(([name, value]) => (
            <div key={name} className="flex min-w-0 gap-1.5">
              <dt className="text-subtle">{labels[name]}</dt>
              <dd className="min-w-0 break-words font-mono text-foreground">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {answer !== "" && <CodeBlock label="What it answered" code={answer} />}
      {lastLines !== "" && <CodeBlock label="Last lines of its log" code={lastLines} />}
    </div>
  );
}

/** "" for what is no fact of a few words. */
function plainText(value: unknown): string {
  if (Array.isArray(value)) return value.every((one) => typeof one === "number") ? value.join(", ") : "";
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
