"use client";

import { useQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext } from "react";
import { can, type Permission } from "@/domain/permissions";
import type { Viewer } from "@/features/api/outputs";
import { useTRPC } from "@/features/api/trpc";

const ViewerContext = createContext<Viewer | null>(null);

/** `viewer`: as the server's page knows it; from then on what is asked anew whenever a tick says that it changed. */
export function ViewerProvider({ viewer, children }: { viewer: Viewer; children: ReactNode }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.viewer.get.queryOptions(undefined, { initialData: viewer }));
  return <ViewerContext value={data}>{children}</ViewerContext>;
}

/** The signed-in person. Throws outside of the signed-in part of the site. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error("useViewer needs a ViewerProvider above it");
  return viewer;
}

/** What the person's role in the organization allows. The server decides; this hides what it would refuse. */
export function useCan(organizationId: string | undefined): (permission: Permission) => boolean {
  const viewer = useViewer();
  const role = viewer.organizations.find((organization) => organization.id === organizationId)?.role;
  return (permission) => role !== undefined && can(role, permission);
}

/** Whether the person belongs to those who operate the instance, and may see what it keeps on disk. */
export function useMaySeeStorage(): boolean {
  const { operatorId } = useViewer();
  const allowed = useCan(operatorId ?? undefined);
  return operatorId !== null && allowed("storage.read");
}
