import Link from "next/link";
import { Fragment } from "react";
import { describeOthers, type Waited } from "./describe-waiting";

type InTheWayProps = Pick<Waited, "deployments" | "others"> & {
  /** Deployments of this one need no name of a service. */
  serviceId: string;
};

/** "web #12, api #4 and one of another organization", each with the way to it. */
export function InTheWay({ deployments, others, serviceId }: InTheWayProps) {
  const rest = describeOthers(others);
  return (
    <>
      {deployments.map((one, index) => (
        <Fragment key={one.id}>
          {index > 0 && ", "}
          <Link className="link" href={`/services/${one.serviceId}/deployments/${one.id}`}>
            {one.serviceId === serviceId ? `#${one.number}` : `${one.serviceName} #${one.number}`}
          </Link>
        </Fragment>
      ))}
      {deployments.length > 0 && rest && " and "}
      {rest}
    </>
  );
}
