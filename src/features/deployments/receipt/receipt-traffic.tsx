import { Card, CardBody, CardHeader } from "@/ui/card";
import { ExactTime } from "@/ui/exact-time";
import { Notice } from "@/ui/notice";
import { Table, TableCell, TableHead, TableRow } from "@/ui/table";
import {
  describeFailed,
  formatCount,
  formatQuantile,
  gapReasons,
  headline,
  type Side,
  type Switch,
  type Traffic,
} from "./describe-traffic";

type ReceiptTrafficProps = { number: number; switched: Switch };

/** What the switch did to the requests around it. */
export function ReceiptTraffic({ number, switched }: ReceiptTrafficProps) {
  const { traffic } = switched;
  const { tone, text } = headline(switched);
  return (
    <Card aria-labelledby="receipt-traffic">
      <CardHeader
        id="receipt-traffic"
        title="Requests around the switch"
        description={
          traffic ? (
            <>
              As the router counted them from <ExactTime at={traffic.from} /> until <ExactTime at={traffic.until} />.
            </>
          ) : (
            <>
              Traffic moved at <ExactTime at={switched.switchedAt} />.
            </>
          )
        }
      />
      <CardBody className="flex flex-col gap-4">
        <Notice tone={tone} role="status" title={text}>
          {traffic && traffic.gaps.length > 0 && <Gaps gaps={traffic.gaps} />}
        </Notice>
        {traffic && <Comparison traffic={traffic} number={number} replaced={switched.replaced?.number ?? null} />}
      </CardBody>
    </Card>
  );
}

function Gaps({ gaps }: Pick<Traffic, "gaps">) {
  return (
    <ul>
      {gaps.map(({ from, until, why }) => (
        <li key={from}>
          Not counted from <ExactTime at={from} /> until <ExactTime at={until} />: {gapReasons[why]}. What was asked in
          this time is in none of the numbers.
        </li>
      ))}
    </ul>
  );
}

const rows: { label: string; hint?: string; show: (side: Side) => string }[] = [
  { label: "Requests", show: ({ requests }) => formatCount(requests) },
  { label: "Failed", hint: "answers of 500 and above, and no whole answer", show: describeFailed },
  { label: "Given up", hint: "the client left before the answer began", show: (side) => formatCount(side.abandoned) },
  { label: "p50", hint: "half of the answers began within", show: ({ p50 }) => formatQuantile(p50) },
  { label: "p95", hint: "95 of 100 answers began within", show: ({ p95 }) => formatQuantile(p95) },
];

function Comparison({ traffic, number, replaced }: { traffic: Traffic; number: number; replaced: number | null }) {
  const { before, after } = traffic;
  const cell = "tabular align-top sm:whitespace-nowrap";
  return (
    <Table label="Requests before and after the switch">
      <thead>
        <tr>
          <TableHead>
            <span className="sr-only">What</span>
          </TableHead>
          {before && <TableHead className="whitespace-nowrap">Before{replaced !== null && `, #${replaced}`}</TableHead>}
          <TableHead className="whitespace-nowrap">After, #{number}</TableHead>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, hint, show }) => (
          <TableRow key={label}>
            <th scope="row" className="px-4 py-2.5 text-left font-medium max-sm:pl-0">
              {label}
              {hint && <span className="block font-normal text-subtle text-xs">{hint}</span>}
            </th>
            {before && <TableCell className={cell}>{show(before)}</TableCell>}
            <TableCell className={cell}>{show(after)}</TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
