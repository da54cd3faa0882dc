"use client";

import { Search } from "lucide-react";
import { type ComponentType, useCallback, useEffect, useState } from "react";
import { Button } from "@/ui/button";
import { toast } from "@/ui/toast";
import type { CommandMenuProps } from "./command-menu";

/** Opens the command menu, which is loaded when it is first wanted. Ctrl-K or Command-K does the same. */
export function CommandMenuButton() {
  const [open, setOpen] = useState(false);
  const [loaded, setLoaded] = useState<{ CommandMenu: ComponentType<CommandMenuProps> } | null>(null);

  // By hand in place of next/dynamic, which has the whole page give way where the menu does not arrive.
  const load = useCallback(() => {
    import("./command-menu").then(setLoaded, () => {
      setOpen(false);
      toast.error("The menu could not be loaded", { description: "Check your connection, then try again." });
    });
  }, []);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.altKey) return;
      event.preventDefault();
      load();
      setOpen((isOpen) => !isOpen);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [load]);

  const show = () => {
    load();
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
      {loaded && <loaded.CommandMenu open={open} onOpenChange={setOpen} />}
    </>
  );
}
