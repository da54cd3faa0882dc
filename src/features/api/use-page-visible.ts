"use client";

import { useEffect, useState } from "react";

const patienceMs = 5000;

/**
 * False once the page has been out of sight for a while. A browser opens six HTTP/1.1 connections to a host; pages in
 * the background would hold them all with their event streams and block the one in front.
 */
export function usePageVisible(): boolean {
  const [visible, setVisible] = useState(true);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const update = () => {
      clearTimeout(timer);
      if (document.visibilityState === "visible") setVisible(true);
      else timer = setTimeout(() => setVisible(false), patienceMs);
    };
    update();
    document.addEventListener("visibilitychange", update);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", update);
    };
  }, []);
  return visible;
}
