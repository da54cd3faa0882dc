"use client";

import { useQuery } from "@tanstack/react-query";
import { useParams } from "next/navigation";
import { useEffect, useState } from "react";
import type { Organization } from "@/features/api/outputs";
import { useTRPC } from "@/features/api/trpc";
import { useViewer } from "@/features/session/viewer-context";
import { organizationPath } from "./organization-path";

type Params = { organizationSlug?: string; projectId?: string; serviceId?: string };

/**
 * The organization that the page belongs to, by its address or by what it shows; on pages that belong to none the
 * person's first. Undefined while that is not known, and for who belongs to none.
 */
export function useCurrentOrganization(): Organization | undefined {
  const trpc = useTRPC();
  const { organizations } = useViewer();
  const { organizationSlug, projectId, serviceId } = useParams<Params>();
  // Asked by the page alone. What the frame asked for could be newer than the page as the server drew it, which would
  // come alive with other data than it shows.
  const project = useQuery(trpc.project.get.queryOptions({ projectId: projectId ?? "" }, { enabled: false }));
  const service = useQuery(trpc.service.get.queryOptions({ serviceId: serviceId ?? "" }, { enabled: false }));
  // The server draws the frame before it knows what the page shows. By an effect: the first rendering in the browser
  // must say the same, also where it is put off until the page's data are there.
  const [mounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  if (organizationSlug) return organizations.find(({ slug }) => slug === organizationSlug);
  if (!projectId && !serviceId) return organizations[0];
  if (!mounted) return undefined;
  const organizationId = projectId ? project.data?.organizationId : service.data?.organizationId;
  return organizations.find(({ id }) => id === organizationId);
}

/** Where the projects of an organization are listed. */
export function useProjectsPath(organizationId: string | undefined): string {
  const organization = useViewer().organizations.find(({ id }) => id === organizationId);
  return organization ? organizationPath(organization.slug, "projects") : "/projects";
}
