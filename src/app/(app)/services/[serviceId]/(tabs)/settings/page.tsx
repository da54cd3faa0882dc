import { ServiceSettings } from "@/features/services/settings/service-settings";

export default async function Page({ params }: { params: Promise<{ serviceId: string }> }) {
  return <ServiceSettings serviceId={(await params).serviceId} />;
}
