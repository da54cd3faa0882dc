import { Notice } from "@/ui/notice";
import { describePlace, describeReason, type Waiting } from "./describe-waiting";
import { InTheWay } from "./in-the-way";

/** Where a deployment stands in the queue, and what is in its way. */
export function WaitingNotice({ waiting, serviceId }: { waiting: Waiting; serviceId: string }) {
  const { reason, deployments, others } = waiting;
  if (reason === "starting") return null;
  const named = deployments.length > 0 || others > 0;
  return (
    <Notice tone={reason === "worker" ? "waiting" : "quiet"} role="status" title={describePlace(waiting)}>
      {describeReason(waiting)}
      {named && (
        <>
          {" "}
          <InTheWay deployments={deployments} others={others} serviceId={serviceId} />.
        </>
      )}
    </Notice>
  );
}
