"use client";

import { useService } from "@/features/services/use-service";
import { useCan } from "@/features/session/viewer-context";
import { Notice } from "@/ui/notice";
import { BuildSettings } from "./build-settings";
import { DeleteServiceCard } from "./delete-service-card";
import { GuardSettings } from "./guard-settings";
import { NameForm } from "./name-form";
import { RuntimeSettings } from "./runtime-settings";
import { SourceSettings } from "./source-settings";

export function ServiceSettings({ serviceId }: { serviceId: string }) {
  const service = useService(serviceId).data;
  const allowed = useCan(service?.organizationId);
  // The frame around this shows what is wrong or under way.
  if (!service) return null;
  if (!allowed("service.update")) {
    return (
      <Notice tone="quiet" title="Your role does not allow changing this service">
        Ask a developer, an admin or the owner of the organization. What is set stands on the overview.
      </Notice>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <SourceSettings service={service} />
      {service.source.type === "git" && <BuildSettings service={service} />}
      <RuntimeSettings service={service} />
      <GuardSettings service={service} />
      <NameForm service={service} />
      {allowed("service.delete") && <DeleteServiceCard service={service} />}
    </div>
  );
}
