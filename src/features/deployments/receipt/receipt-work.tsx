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
        description={
          isCompared(receipt)
            ? "Beside the median of up to ten deployments that went live before."
            : "No deployment went live before to compare with."
        }
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

function isCompared({ phases, total }: Receipt): boolean {
  return [...phases, total].some(({ medianMs }) => medianMs !== null);
}

function Durations({ receipt }: { receipt: Receipt }) {
  const compares = isCompared(receipt);
  return (
    <Table label="Durations of the phases">
      <thead>
        <tr>
          <TableHead>Phase</TableHead>
          <TableHead>This one</TableHead>
          {compares && <TableHead>Median</TableHead>}
        </tr>
      </thead>
      <tbody>
        {receipt.phases.map(({ phase, ...compared }) => (
          <DurationRow key={phase} label={phaseLabels[phase]} compared={compared} compares={compares} />
        ))}
        <DurationRow label="From trigger to traffic" compared={receipt.total} compares={compares} />
      </tbody>
    </Table>
  );
}

type DurationRowProps = { label: string; compared: Compared; compares: boolean };

function DurationRow({ label, compared, compares }: DurationRowProps) {
  const { ms, medianMs, comparedWith } = compared;
  return (
    <TableRow>
      <th scope="row" className="px-4 py-2.5 text-left font-medium">
        {label}
      </th>
      <TableCell className="tabular">{ms === null ? "–" : formatDuration(ms)}</TableCell>
      {compares && (
        <TableCell className="tabular whitespace-nowrap text-muted">
          {medianMs === null ? "–" : `${formatDuration(medianMs)} (of ${comparedWith})`}
        </TableCell>
      )}
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
