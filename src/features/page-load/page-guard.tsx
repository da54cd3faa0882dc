import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { guardScripts } from "./guard-scripts";
import { HydratedMark } from "./hydrated-mark";
import { reloadedKey } from "./reloaded-key";

const noticeId = "lost-script";

/** The bundler's own second attempt comes after at most 0.6 s. */
const retryDelaysMs = [700, 2_000];

const guard = `(${guardScripts})(${JSON.stringify({ retryDelaysMs, reloadedKey, noticeId })})`;

/** Goes into the head, so that it listens before the page's scripts can fail. */
export function ScriptGuard({ nonce }: { nonce: string | undefined }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant; it must run before any script that may be missing
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: guard }} />;
}

/** What the guard shows where it may not help itself. It stands in the page from the beginning: it must need no script. */
export function LostScriptNotice() {
  return (
    <>
      <div
        id={noticeId}
        hidden
        suppressHydrationWarning
        role="alert"
        // Said outright: so dialogs, which hide all else from screen readers, leave it in reach.
        aria-live="assertive"
        className="pointer-events-auto fixed inset-x-4 top-14 z-60 max-w-md sm:top-auto sm:bottom-4 rounded-lg bg-surface shadow-raised"
      >
        <Notice
          tone="waiting"
          title="A part of this page did not arrive"
          actions={<Button data-reload="">Reload</Button>}
        >
          Something on it may not react. What you typed is still here; copy what you need before you reload.
        </Notice>
      </div>
      <HydratedMark />
    </>
  );
}
