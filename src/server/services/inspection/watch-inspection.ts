import type { InspectionView } from "@/contracts/service";
import type { ServiceContext } from "@/server/context";
import { watch } from "@/server/services/changes/watch";
import { getInspection } from "./get-inspection";

/** The inspection now and when it is done or failed; then it ends. */
export function watchInspection(
  context: ServiceContext,
  inspectionId: string,
  signal: AbortSignal,
): AsyncGenerator<InspectionView, void> {
  return watch(
    context,
    {
      matches: (event) => event.type === "inspection" && event.inspectionId === inspectionId,
      read: () => getInspection(context, inspectionId),
      until: (inspection) => inspection.status !== "running",
    },
    signal,
  );
}
