import { ServiceLogs } from "@/features/logs/service-logs";

export default async function Page({ params }: { params: Promise<{ serviceId: string }> }) {
  return <ServiceLogs serviceId={(await params).serviceId} />;
}
