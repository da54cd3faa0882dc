export type GuardOptions = {
  /** Waits (ms) before a file that did not arrive is asked for again; as many attempts as there are waits. */
  retryDelaysMs: readonly number[];
  /** Of sessionStorage: set once a page has loaded itself again, until one works. */
  reloadedKey: string;
  /** Of the notice that stands hidden in every page. */
  noticeId: string;
};

/**
 * Runs in the page before any other script, from its own text: it must not use anything from outside of itself.
 *
 * A script of ours that is lost on the way is asked for again: the page waits for it, and nothing that stands in it is
 * touched. If it does not come, the page loads itself again, but only once, and only where nobody could have done anything
 * in it yet; otherwise it says what is wrong and leaves it to the person.
 */
export function guardScripts({ retryDelaysMs, reloadedKey, noticeId }: GuardOptions): void {
  const ours = `${location.origin}/_next/`;
  const attempts = new Map<string, number>();
  const missing = new Set<string>();
  let touched = false;

  function addressOf(target: EventTarget | null): string {
    if (target instanceof HTMLScriptElement) return target.src;
    return target instanceof HTMLLinkElement && target.rel === "stylesheet" ? target.href : "";
  }

  function onLost({ target }: Event): void {
    const address = addressOf(target);
    // Code that set a handler minds its script itself: it tries again, then a boundary or a message says so.
    if (!(target instanceof HTMLElement) || !address.startsWith(ours) || target.onerror) return;
    const attempt = attempts.get(address) ?? 0;
    attempts.set(address, attempt + 1);
    missing.add(address);
    const delayMs = retryDelaysMs[attempt];
    if (delayMs === undefined) giveUp();
    else setTimeout(() => missing.has(address) && askAgain(target), delayMs);
  }

  function askAgain(lost: HTMLElement): void {
    const again = document.createElement(lost.tagName);
    for (const { name, value } of Array.from(lost.attributes)) again.setAttribute(name, value);
    if (lost.nonce) again.nonce = lost.nonce;
    document.head.append(again);
  }

  function giveUp(): void {
    const interactive = document.documentElement.dataset.hydrated !== undefined;
    if (!interactive && !touched && isFirstReload()) location.reload();
    // Where a boundary stands in place of the page, it says so already.
    else if (!document.querySelector(`[data-reload]:not(#${noticeId} *)`)) showNotice(true);
  }

  function isFirstReload(): boolean {
    try {
      const isFirst = sessionStorage.getItem(reloadedKey) === null;
      sessionStorage.setItem(reloadedKey, "yes");
      return isFirst;
    } catch {
      return false; // Without a memory it might go on for ever.
    }
  }

  function showNotice(shown: boolean): void {
    const notice = document.getElementById(noticeId);
    if (notice) notice.hidden = !shown;
  }

  document.addEventListener("error", onLost, true);
  document.addEventListener(
    "load",
    ({ target }) => {
      if (missing.delete(addressOf(target)) && missing.size === 0) showNotice(false);
    },
    true,
  );
  for (const type of ["focusin", "input"]) {
    document.addEventListener(type, ({ target }) => {
      touched ||= target instanceof Element && target.matches("input, textarea, select, [contenteditable]");
    });
  }
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("[data-reload]")) location.reload();
  });
}
