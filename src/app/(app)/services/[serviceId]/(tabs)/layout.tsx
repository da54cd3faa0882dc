import type { Metadata } from "next";
import type { ReactNode } from "react";
import { loadService } from "@/app/(app)/services/[serviceId]/load-service";
import { Hydrated } from "@/app/prefetch";
import { ServiceFrame } from "@/features/services/service-frame";

type Props = { params: Promise<{ serviceId: string }>; children: ReactNode };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const service = await loadService((await params).serviceId);
  return { title: service ? `${service.name}, ${service.projectName}` : "Service" };
}

export default async function Layout({ params, children }: Props) {
  const { serviceId } = await params;
  await loadService(serviceId);
  return (
    <Hydrated>
      <ServiceFrame serviceId={serviceId}>{children}</ServiceFrame>
    </Hydrated>
  );
}
