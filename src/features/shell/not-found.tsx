import { Compass } from "lucide-react";
import Link from "next/link";
import { Button } from "@/ui/button";
import { EmptyState } from "@/ui/empty-state";

export function NotFound() {
  return (
    <EmptyState
      icon={Compass}
      title="There is nothing at this address"
      isPage
      className="border-none"
      action={
        <Button asChild>
          <Link href="/projects">Go to the projects</Link>
        </Button>
      }
    >
      It may have been deleted, or you may not see it. Check the address, or ask an owner of the organization for
      access.
    </EmptyState>
  );
}
