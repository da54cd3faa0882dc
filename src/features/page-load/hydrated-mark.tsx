"use client";

import { useEffect } from "react";
import { reloadedKey } from "./reloaded-key";

/** Says to the guard that this page works. */
export function HydratedMark() {
  useEffect(() => {
    document.documentElement.dataset.hydrated = "";
    try {
      sessionStorage.removeItem(reloadedKey);
    } catch {
      // No storage: then nothing was remembered either.
    }
  }, []);
  return null;
}
