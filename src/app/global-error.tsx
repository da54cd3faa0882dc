"use client";

/** Stands in when even the frame of the site broke: it must need nothing, not even the style sheet. */
export default function GlobalError({ retry }: { retry: () => void }) {
  return (
    <html lang="en">
      <body
        style={{ font: "14px/1.5 system-ui, sans-serif", margin: "20vh auto", maxWidth: "28rem", padding: "0 1rem" }}
      >
        <title>Helvetia Cloud</title>
        <h1 style={{ fontSize: "1.25rem" }}>Helvetia Cloud could not be shown</h1>
        <p>Something went wrong on our side. If it happens again, tell your operator.</p>
        <button type="button" onClick={retry}>
          Try again
        </button>
      </body>
    </html>
  );
}
