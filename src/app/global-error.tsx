"use client";

import { isLostScript } from "@/features/page-load/is-lost-script";

/** Stands in when even the frame of the site broke: it must need nothing, not even the style sheet. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const isLost = isLostScript(error);
  return (
    <html lang="en">
      <body
        style={{ font: "14px/1.5 system-ui, sans-serif", margin: "20vh auto", maxWidth: "28rem", padding: "0 1rem" }}
      >
        <title>Helvetia Cloud</title>
        <h1 style={{ fontSize: "1.25rem" }}>Helvetia Cloud could not be shown</h1>
        <p>
          {isLost
            ? "A part of it did not arrive: the connection broke, or the platform was updated meanwhile."
            : "Something went wrong on our side. If it happens again, tell your operator."}
        </p>
        <button type="button" onClick={isLost ? () => window.location.reload() : retry}>
          {isLost ? "Reload" : "Try again"}
        </button>
      </body>
    </html>
  );
}
