import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { serviceOf } from "@/app/(app)/services/[serviceId]/service-of";
import { type Api, Hydrated, load, peek } from "@/app/prefetch";
import { DeploymentFrame } from "@/features/deployments/deployment-frame";

type Props = { params: Promise<{ serviceId: string; deploymentId: string }>; children: ReactNode };

const deploymentOf =
  (deploymentId: string) =>
  ({ trpc, queryClient }: Api) =>
    queryClient.fetchQuery(trpc.deployment.get.queryOptions({ deploymentId }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { serviceId, deploymentId } = await params;
  const [service, deployment] = await Promise.all([peek(serviceOf(serviceId)), peek(deploymentOf(deploymentId))]);
  return { title: service && deployment ? `#${deployment.number}, ${service.name}` : "Not found" };
}

export default async function Layout({ params, children }: Props) {
  const { serviceId, deploymentId } = await params;
  const [, deployment] = await Promise.all([load(serviceOf(serviceId)), load(deploymentOf(deploymentId))]);
  if (deployment && deployment.serviceId !== serviceId) notFound();
  return (
    <Hydrated>
      <DeploymentFrame serviceId={serviceId} deploymentId={deploymentId}>
        {children}
      </DeploymentFrame>
    </Hydrated>
  );
}
