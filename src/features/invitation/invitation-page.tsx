import Link from "next/link";
import { ApiProvider } from "@/features/api/api-provider";
import type { OpenInvitation } from "@/features/api/outputs";
import { roleTable } from "@/features/members/role-table";
import { signInPath } from "@/features/session/sign-in-path";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { AcceptButton } from "./accept-button";
import { JoinForm } from "./join-form";

type InvitationPageProps = {
  token: string;
  /** Null for one that is over, or never was. */
  invitation: OpenInvitation | null;
  /** The signed-in person's address, or null. */
  email: string | null;
};

/** What the link of an invitation leads to. */
export function InvitationPage({ token, invitation, email }: InvitationPageProps) {
  if (!invitation) {
    return (
      <>
        <h1 className="font-semibold text-2xl tracking-tight">This invitation is over</h1>
        <p className="text-base text-muted">
          It was used, revoked, or its days have passed. Ask who invited you for a new link.
        </p>
        <Button asChild>
          <Link href="/projects">Go to your projects</Link>
        </Button>
      </>
    );
  }
  const { organizationName, role } = invitation;
  const isForAnother =
    email !== null && invitation.email !== null && email.toLowerCase() !== invitation.email.toLowerCase();
  return (
    <ApiProvider>
      <div className="flex flex-col gap-1">
        <h1 className="break-words font-semibold text-2xl tracking-tight">Join {organizationName}</h1>
        <p className="text-base text-muted">
          You are invited as {roleTable[role].label.toLowerCase()}, and may {roleTable[role].may}.
        </p>
      </div>
      {isForAnother && (
        <Notice tone="waiting" title={`This invitation is for ${invitation.email}`}>
          You are signed in as {email}. Sign out, then open the link again.
        </Notice>
      )}
      {email !== null && !isForAnother && (
        <>
          <p className="text-sm">
            Signed in as <span className="font-medium">{email}</span>
          </p>
          <AcceptButton token={token} />
        </>
      )}
      {email === null && (
        <>
          <JoinForm token={token} email={invitation.email} />
          <p className="text-muted text-sm">
            You have an account already?{" "}
            <Link className="font-medium text-foreground underline" href={signInPath(`/invitations/${token}`)}>
              Sign in with it
            </Link>
          </p>
        </>
      )}
    </ApiProvider>
  );
}
