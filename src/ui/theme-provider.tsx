"use client";

import { ThemeProvider as Primitive } from "next-themes";
import type { ReactNode } from "react";

/** `nonce`: lets the script that sets the theme before the first paint pass a Content-Security-Policy. */
export function ThemeProvider({ nonce, children }: { nonce?: string; children: ReactNode }) {
  return (
    <Primitive
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      {...(nonce !== undefined && { nonce })}
    >
      {children}
    </Primitive>
  );
}
