import path from "node:path";
import { defineConfig } from "vitest/config";

const alias = { "@": path.resolve(import.meta.dirname, "src") };
const base = { resolve: { alias } };

export default defineConfig({
  ...base,
  test: {
    projects: [
      {
        ...base,
        test: { name: "unit", include: ["{src,worker,bin}/**/*.test.{ts,tsx}"], exclude: ["**/*.int.test.ts"] },
      },
      {
        ...base,
        test: {
          name: "integration",
          include: ["{src,worker,bin}/**/*.int.test.ts"],
          // Real PostgreSQL, Docker and Git share two cores: a few files at a time, and time enough for a build.
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
