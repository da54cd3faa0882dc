import Link from "next/link";
import { Card, CardBody, CardHeader } from "@/ui/card";
import { ExactTime } from "@/ui/exact-time";
import { formatDuration } from "@/ui/format-time";
import { Notice } from "@/ui/notice";
import type { Switch } from "./describe-traffic";

type ReceiptGuardProps = { serviceId: string; switched: Switch };

/** Whether the new release was watched after the switch, and what came of it. */
export function ReceiptGuard({ serviceId, switched }: ReceiptGuardProps) {
  return (
    <Card aria-labelledby="receipt-guard">
      <CardHeader
        id="receipt-guard"
        title="Guard"
        description="Watches the new version after the switch, and goes back by itself where it does worse than the one before."
      />
      <CardBody className="text-sm">
        <Outcome serviceId={serviceId} switched={switched} />
      </CardBody>
    </Card>
  );
}

function Outcome({ serviceId, switched }: ReceiptGuardProps) {
  const { until, verdict, settings, wentBackBy } = switched.guard;
  if (until === null) return <p className="text-muted">The guard did not watch: {whyNot(switched)}</p>;
  switch (verdict?.type) {
    case undefined:
      return (
        <Notice tone="active" role="status" title="It is watching">
          Until <ExactTime at={until} />.
        </Notice>
      );
    case "ended":
      return (
        <p className="text-muted">
          It stopped watching at <ExactTime at={verdict.at} />: the service was deployed again or stopped.
        </p>
      );
    case "passed":
      return (
        <Notice tone="good" title={`Nothing to object to in ${formatDuration(settings.windowSeconds * 1000)}`}>
          {verdict.compared
            ? `${whatIsCompared(settings)} compared with the version before, and restarts were counted.`
            : `It was not restarted too often. Before or after the switch fewer than ${settings.minRequests} requests were counted, which is too few to compare.`}
        </Notice>
      );
    case "tripped":
      return (
        <Notice
          tone="bad"
          title={
            wentBackBy ? "It went back to the version before" : "It would have gone back, but the former image is gone"
          }
        >
          <p>{verdict.reason}</p>
          {wentBackBy && (
            <p>
              See{" "}
              <Link className="link" href={`/services/${serviceId}/deployments/${wentBackBy.id}`}>
                #{wentBackBy.number}
              </Link>
              .
            </p>
          )}
        </Notice>
      );
  }
}

function whatIsCompared({ maxErrorRateIncrease, maxP95Factor }: Switch["guard"]["settings"]): string {
  const compared = [maxErrorRateIncrease !== null && "failures", maxP95Factor !== null && "p95"].filter(Boolean);
  return compared.length === 0 ? "Nothing was" : `Its ${compared.join(" and ")} were`;
}

function whyNot({ guard, replaced }: Switch): string {
  if (!guard.settings.enabled) return "it is switched off in the settings of this service.";
  if (replaced === null) return "there was no version before to go back to.";
  return "a rollback is not gone back from, and neither are the containers that were live already.";
}
