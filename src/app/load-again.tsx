/**
 * Loads the page again, once, where one of its own scripts or style sheets did not arrive: without it the page would
 * stand there dead. Chromium drops requests under way whenever a network of its machine changes, and on the machine
 * that Docker runs on every container that starts or stops is such a change.
 */
const script = `
addEventListener("error", function (event) {
  var source = event.target && (event.target.src || event.target.href);
  if (!source || source.indexOf(location.origin + "/_next/") !== 0) return;
  if (Date.now() - Number(sessionStorage.getItem("loaded-again") || 0) < 10000) return;
  sessionStorage.setItem("loaded-again", String(Date.now()));
  location.reload();
}, true);
`;

export function LoadAgain({ nonce }: { nonce: string | undefined }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant; it must run before any script that may be missing
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: script }} />;
}
