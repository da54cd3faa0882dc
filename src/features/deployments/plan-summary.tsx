import type { BuildPlan } from "@/domain/plan/types";
import { CodeBlock } from "@/ui/code-block";
import { Disclosure } from "@/ui/disclosure";
import { KeyValue, KeyValueList } from "@/ui/key-value";

/** How something is built and started: data that was there before the build, and stays with the deployment. */
export function PlanSummary({ plan }: { plan: BuildPlan }) {
  return (
    <div className="flex flex-col gap-4">
      <KeyValueList className="sm:grid-cols-2 lg:grid-cols-3">
        <KeyValue label="Detected">
          <span className="font-medium">{plan.label}</span>
          {plan.packageManager && <span className="text-muted"> with {plan.packageManager}</span>}
        </KeyValue>
        {plan.dockerfilePath !== null && plan.kind === "dockerfile" && (
          <KeyValue label="Dockerfile">
            <Code>{plan.dockerfilePath}</Code>
          </KeyValue>
        )}
        <Command label="Install" command={plan.installCommand} />
        <Command label="Build" command={plan.buildCommand} />
        <Command label="Start" command={plan.startCommand} />
        {plan.outputDirectory !== null && (
          <KeyValue label="Output directory">
            <Code>{plan.outputDirectory}</Code>
          </KeyValue>
        )}
        <KeyValue label="Port">{plan.port}</KeyValue>
        {plan.baseImages.length > 0 && (
          <KeyValue label={plan.baseImages.length === 1 ? "Base image" : "Base images"}>
            {plan.baseImages.map((image) => (
              <Code key={image}>{image}</Code>
            ))}
          </KeyValue>
        )}
      </KeyValueList>
      {plan.notes.length > 0 && (
        <ul className="flex list-disc flex-col gap-1 pl-4 text-muted marker:text-subtle">
          {plan.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {plan.dockerfile !== null && (
        <Disclosure summary="Show the Dockerfile">
          <CodeBlock label="Dockerfile" code={plan.dockerfile} />
        </Disclosure>
      )}
    </div>
  );
}

function Command({ label, command }: { label: string; command: string | null }) {
  if (command === null) return null;
  return (
    <KeyValue label={label}>
      <Code>{command}</Code>
    </KeyValue>
  );
}

function Code({ children }: { children: string }) {
  return <code className="block font-mono text-xs leading-5">{children}</code>;
}
