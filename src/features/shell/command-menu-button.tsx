"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { Button } from "@/ui/button";

const CommandMenu = dynamic(() => import("./command-menu").then((module) => module.CommandMenu), { ssr: false });

/** Opens the command menu, which is loaded when it is first wanted. Ctrl-K or Command-K does the same. */
export function CommandMenuButton() {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.altKey) return;
      event.preventDefault();
      setWanted(true);
      setOpen((isOpen) => !isOpen);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);

  const show = () => {
    setWanted(true);
    setOpen(true);
  };
  return (
    <>
      <Button
        variant="secondary"
        className="text-muted max-sm:hidden"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={show}
      >
        <Search />
        Go to
        <kbd aria-hidden className="ml-3 rounded-sm border px-1 font-sans text-subtle text-xs">
          Ctrl K
        </kbd>
      </Button>
      <Button variant="ghost" size="icon" className="sm:hidden" aria-label="Go to" onClick={show}>
        <Search />
      </Button>
      {wanted && <CommandMenu open={open} onOpenChange={setOpen} />}
    </>
  );
}
