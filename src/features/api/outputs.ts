import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/api/root";

/** What the procedures answer as it arrives in the browser: JSON, so dates are ISO strings. */
export type Outputs = inferRouterOutputs<AppRouter>;

export type Viewer = Outputs["viewer"]["get"];
export type Session = Outputs["viewer"]["sessions"][number];
export type Organization = Viewer["organizations"][number];
export type Member = Outputs["member"]["list"]["items"][number];
export type Invitation = Outputs["invitation"]["list"]["items"][number];
export type OpenInvitation = Outputs["invitation"]["show"];
export type AuditEntry = Outputs["audit"]["list"]["items"][number];
export type ProjectSummary = Outputs["project"]["list"]["items"][number];
export type Project = Outputs["project"]["get"];
export type ServiceSummary = Outputs["service"]["list"]["items"][number];
export type Service = Outputs["service"]["get"];
export type HistoryItem = Outputs["service"]["history"]["items"][number];
export type Instance = Service["instances"][number];
export type Variable = Outputs["variable"]["list"][number];
export type Inspection = Outputs["inspection"]["get"];
export type DeploymentSummary = Outputs["deployment"]["list"]["items"][number];
export type Deployment = Outputs["deployment"]["get"];
export type Phase = Deployment["phases"][number];
export type Receipt = Outputs["deployment"]["receipt"];
export type Difference = Outputs["deployment"]["difference"];
export type Platform = Outputs["platform"]["get"];
export type Storage = Outputs["storage"]["get"];
export type Cleanup = Outputs["storage"]["cleanups"]["items"][number];
export type CleanupItem = Outputs["storage"]["cleanupItems"]["items"][number];
export type StrayItem = Outputs["storage"]["strays"]["items"][number];
