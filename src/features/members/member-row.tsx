"use client";

import { useState } from "react";
import { outranks, roles } from "@/domain/permissions";
import { ErrorNotice } from "@/features/api/error-notice";
import type { Member, Organization } from "@/features/api/outputs";
import { useCan, useViewer } from "@/features/session/viewer-context";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { RelativeTime } from "@/ui/relative-time";
import { Select } from "@/ui/select";
import { roleTable } from "./role-table";
import { useMemberActions } from "./use-member-actions";

export function MemberRow({ member, organization }: { member: Member; organization: Organization }) {
  const { user } = useViewer();
  const allowed = useCan(organization.id);
  const isViewer = member.userId === user.id;
  const isBelow = outranks(organization.role, member.role);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-2 px-4 py-3 sm:grid-cols-[minmax(0,1fr)_9rem_9rem_6rem]">
      <div className="flex min-w-0 flex-col gap-0.5">
        <span className="flex min-w-0 items-center gap-2">
          <span className="truncate font-medium">{member.name}</span>
          {isViewer && <Badge>You</Badge>}
        </span>
        <span className="truncate text-muted text-xs">{member.email}</span>
      </div>
      <span className="text-subtle text-xs max-sm:row-start-2">
        Joined <RelativeTime at={member.since} />
      </span>
      {allowed("member.update") && isBelow && !isViewer ? (
        <RoleSelect member={member} organization={organization} />
      ) : (
        <span className="text-muted max-sm:text-right">{roleTable[member.role].label}</span>
      )}
      <span className="text-right">
        {allowed("member.remove") && isBelow && !isViewer && (
          <RemoveMember member={member} organization={organization} />
        )}
      </span>
    </li>
  );
}

function RoleSelect({ member, organization }: { member: Member; organization: Organization }) {
  const { changeRole } = useMemberActions(organization.id);
  return (
    <Select
      aria-label={`Role of ${member.name}`}
      value={member.role}
      disabled={changeRole.isPending}
      onChange={({ target }) => {
        const role = roles.find((one) => one === target.value);
        if (role) changeRole.mutate({ organizationId: organization.id, userId: member.userId, role });
      }}
    >
      {roles
        .filter((role) => outranks(organization.role, role))
        .map((role) => (
          <option key={role} value={role}>
            {roleTable[role].label}
          </option>
        ))}
    </Select>
  );
}

function RemoveMember({ member, organization }: { member: Member; organization: Organization }) {
  const [open, setOpen] = useState(false);
  const { remove } = useMemberActions(organization.id);
  return (
    <>
      <Button size="sm" aria-label={`Remove ${member.name}`} onClick={() => setOpen(true)}>
        Remove
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Remove ${member.name}?`}
        description={`${member.email} loses sight of everything in ${organization.name} at once. What was deployed goes on running.`}
        confirmLabel="Remove"
        pending={remove.isPending}
        error={remove.error && <ErrorNotice error={remove.error} />}
        onConfirm={() => remove.mutate({ organizationId: organization.id, userId: member.userId })}
      />
    </>
  );
}
