import { ServiceOverview } from "@/features/services/service-overview";

export default async function Page({ params }: { params: Promise<{ serviceId: string }> }) {
  return <ServiceOverview serviceId={(await params).serviceId} />;
}
