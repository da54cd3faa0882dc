import type { Metadata } from "next";
import type { ReactNode } from "react";
import { serviceOf } from "@/app/(app)/services/[serviceId]/service-of";
import { Hydrated, load, peek } from "@/app/prefetch";
import { ServiceFrame } from "@/features/services/service-frame";

type Props = { params: Promise<{ serviceId: string }>; children: ReactNode };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const service = await peek(serviceOf((await params).serviceId));
  return { title: service ? `${service.name}, ${service.projectName}` : "Not found" };
}

export default async function Layout({ params, children }: Props) {
  const { serviceId } = await params;
  await load(serviceOf(serviceId));
  return (
    <Hydrated>
      <ServiceFrame serviceId={serviceId}>{children}</ServiceFrame>
    </Hydrated>
  );
}
