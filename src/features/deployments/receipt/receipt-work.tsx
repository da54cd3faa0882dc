import type { Receipt } from "@/features/api/outputs";
import { describeSkippedBuild, phaseLabels } from "@/features/deployments/describe";
import { formatBytes } from "@/features/services/amounts";
import { Card, CardBody, CardHeader } from "@/ui/card";
import { CopyButton } from "@/ui/copy-button";
import { formatDuration } from "@/ui/format-time";
import { KeyValue, KeyValueList } from "@/ui/key-value";
import { Table, TableCell, TableHead, TableRow } from "@/ui/table";

type Compared = Receipt["total"];

/** What the deployment took and made, beside what deployments of this service mostly take. */
export function ReceiptWork({ receipt }: { receipt: Receipt }) {
  return (
    <Card aria-labelledby="receipt-work">
      <CardHeader
        id="receipt-work"
        title="Durations"
        description="Beside the median of the last ten deployments that went live."
      />
      <Durations receipt={receipt} />
      <CardBody className="border-t">
        <KeyValueList className="sm:grid-cols-2">
          <KeyValue label="Image" className="sm:col-span-2">
            <Image image={receipt.image} />
          </KeyValue>
          <KeyValue label="Size">
            {receipt.image?.sizeBytes == null ? "Not known" : formatBytes(receipt.image.sizeBytes)}
          </KeyValue>
          <KeyValue label="From the build cache">{describeCache(receipt)}</KeyValue>
        </KeyValueList>
      </CardBody>
    </Card>
  );
}

function Durations({ receipt }: { receipt: Receipt }) {
  return (
    <Table label="Durations of the phases">
      <thead>
        <tr>
          <TableHead>Phase</TableHead>
          <TableHead>This one</TableHead>
          <TableHead>Mostly</TableHead>
        </tr>
      </thead>
      <tbody>
        {receipt.phases.map(({ phase, ...compared }) => (
          <DurationRow key={phase} label={phaseLabels[phase]} compared={compared} />
        ))}
        <DurationRow label="From trigger to traffic" compared={receipt.total} />
      </tbody>
    </Table>
  );
}

function DurationRow({ label, compared }: { label: string; compared: Compared }) {
  const { ms, medianMs, comparedWith } = compared;
  return (
    <TableRow>
      <th scope="row" className="px-4 py-2.5 text-left font-medium">
        {label}
      </th>
      <TableCell className="tabular">{ms === null ? "–" : formatDuration(ms)}</TableCell>
      <TableCell className="tabular text-muted">
        {medianMs === null ? "Nothing to compare with" : `${formatDuration(medianMs)} (of ${comparedWith})`}
      </TableCell>
    </TableRow>
  );
}

function Image({ image }: Pick<Receipt, "image">) {
  if (image?.id == null) return <span className="text-muted">None yet</span>;
  return (
    <span className="flex min-w-0 items-center gap-1">
      <code className="truncate font-mono text-xs">{image.id}</code>
      <CopyButton text={image.id} label="Copy the image's id" />
    </span>
  );
}

function describeCache({ buildSteps, buildSkipped }: Receipt): string {
  const skipped = describeSkippedBuild(buildSkipped);
  if (skipped !== null) return skipped;
  return buildSteps === null ? "Not counted" : `${buildSteps.cached} of ${buildSteps.total} steps`;
}
