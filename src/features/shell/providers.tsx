"use client";

import type { ReactNode } from "react";
import { ApiProvider } from "@/features/api/api-provider";
import type { Viewer } from "@/features/api/outputs";
import { ViewerProvider } from "@/features/session/viewer-context";
import { TooltipProvider } from "@/ui/tooltip";

export function Providers({ viewer, children }: { viewer: Viewer; children: ReactNode }) {
  return (
    <ApiProvider>
      <ViewerProvider viewer={viewer}>
        <TooltipProvider>{children}</TooltipProvider>
      </ViewerProvider>
    </ApiProvider>
  );
}
