import "@/ui/styles.css";
import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { LostScriptNotice, ScriptGuard } from "@/features/page-load/page-guard";
import { ThemeProvider } from "@/ui/theme-provider";
import { Toaster } from "@/ui/toast";
import { nonceHeader } from "./request-headers";

const inter = localFont({
  src: "../../node_modules/@fontsource-variable/inter/files/inter-latin-opsz-normal.woff2",
  variable: "--font-inter",
  weight: "100 900",
});
const jetbrainsMono = localFont({
  src: "../../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2",
  variable: "--font-jetbrains-mono",
  weight: "100 800",
  preload: false,
});

export const metadata: Metadata = {
  title: { default: "Helvetia Cloud", template: "%s - Helvetia Cloud" },
  description: "From a Git repository to a running application.",
  icons: { icon: [{ url: "/icon.svg", type: "image/svg+xml" }, { url: "/favicon.ico" }], apple: "/apple-icon.png" },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fafafa" },
    { media: "(prefers-color-scheme: dark)", color: "#0d0d0d" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get(nonceHeader);
  return (
    <html lang="en" className={`${inter.variable} ${jetbrainsMono.variable}`} suppressHydrationWarning>
      <head>
        <ScriptGuard nonce={nonce ?? undefined} />
      </head>
      <body>
        <ThemeProvider {...(nonce !== null && { nonce })}>
          {children}
          <Toaster />
          <LostScriptNotice />
        </ThemeProvider>
      </body>
    </html>
  );
}
