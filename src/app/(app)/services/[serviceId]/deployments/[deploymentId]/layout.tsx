import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { loadService } from "@/app/(app)/services/[serviceId]/load-service";
import { Hydrated, load } from "@/app/prefetch";
import { DeploymentFrame } from "@/features/deployments/deployment-frame";

type Props = { params: Promise<{ serviceId: string; deploymentId: string }>; children: ReactNode };

const loadDeployment = (deploymentId: string) =>
  load(({ trpc, queryClient }) => queryClient.fetchQuery(trpc.deployment.get.queryOptions({ deploymentId })));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { serviceId, deploymentId } = await params;
  const [service, deployment] = await Promise.all([loadService(serviceId), loadDeployment(deploymentId)]);
  return { title: service && deployment ? `#${deployment.number}, ${service.name}` : "Deployment" };
}

export default async function Layout({ params, children }: Props) {
  const { serviceId, deploymentId } = await params;
  const [, deployment] = await Promise.all([loadService(serviceId), loadDeployment(deploymentId)]);
  if (deployment && deployment.serviceId !== serviceId) notFound();
  return (
    <Hydrated>
      <DeploymentFrame serviceId={serviceId} deploymentId={deploymentId}>
        {children}
      </DeploymentFrame>
    </Hydrated>
  );
}
