/**
 * From an id in the input to the resource, its organization and the actor's role, in one query. `null`: not there, or
 * in an organization the actor does not belong to; nobody can tell the two apart.
 */
import { z } from "zod";
import { idSchema } from "@/contracts/common";
import { deploymentInput } from "@/contracts/deployment";
import { projectInput } from "@/contracts/project";
import { inspectionInput, serviceInput } from "@/contracts/service";
import type { ServiceContext } from "@/server/context";
import { type DeploymentAccess, findDeploymentAccess } from "@/server/services/access/find-deployment-access";
import { findInspectionAccess, type InspectionAccess } from "@/server/services/access/find-inspection-access";
import { findOperatorAccess } from "@/server/services/access/find-operator-access";
import {
  type Asker,
  findOrganizationAccess,
  type OrganizationAccess,
} from "@/server/services/access/find-organization-access";
import { findProjectAccess, type ProjectAccess } from "@/server/services/access/find-project-access";
import { findServiceAccess, type ServiceAccess } from "@/server/services/access/find-service-access";

export type Scope<Access extends OrganizationAccess> = {
  /** The field of the input that names the resource. */
  field: string;
  /** Throws a ZodError where the field is missing or no id of its kind. */
  readId(input: unknown): string;
  find(context: ServiceContext, asker: Asker, id: string): Promise<Access | null>;
};

const organizationInput = z.object({ organizationId: idSchema("organization") });

export const byOrganizationId: Scope<OrganizationAccess> = {
  field: "organizationId",
  readId: (input) => organizationInput.parse(input).organizationId,
  find: findOrganizationAccess,
};

/** The organization that operates the instance: for what is nobody's in particular. */
export const byOperatorId: Scope<OrganizationAccess> = { ...byOrganizationId, find: findOperatorAccess };

export const byProjectId: Scope<ProjectAccess> = {
  field: "projectId",
  readId: (input) => projectInput.parse(input).projectId,
  find: findProjectAccess,
};

export const byServiceId: Scope<ServiceAccess> = {
  field: "serviceId",
  readId: (input) => serviceInput.parse(input).serviceId,
  find: findServiceAccess,
};

export const byDeploymentId: Scope<DeploymentAccess> = {
  field: "deploymentId",
  readId: (input) => deploymentInput.parse(input).deploymentId,
  find: findDeploymentAccess,
};

export const byInspectionId: Scope<InspectionAccess> = {
  field: "inspectionId",
  readId: (input) => inspectionInput.parse(input).inspectionId,
  find: findInspectionAccess,
};
