// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a variable of an .npmrc
/** Applications as they are found in the wild, for the tests: their files, and the Dockerfile of each beside this file. */
import type { BuildSettings } from "@/domain/plan/types";

export type PlanCase = {
  name: string;
  files: Record<string, string | object>;
  settings?: Partial<BuildSettings>;
  keys?: string[];
  /** Label, package manager, and the commands to install, build and start. */
  expected: [string, string | null, string | null, string | null, string | null];
};

const npmLock = { "package-lock.json": "{}" };
const pnpmLock = { "pnpm-lock.yaml": "lockfileVersion: '9.0'\n" };
const manifest = (scripts: Record<string, string>, dependencies: string[], development: string[] = []) => ({
  name: "app",
  scripts,
  dependencies: Object.fromEntries(dependencies.map((name) => [name, "^1.0.0"])),
  devDependencies: Object.fromEntries(development.map((name) => [name, "^1.0.0"])),
});

export const nodeCases: PlanCase[] = [
  {
    name: "node-plain",
    files: { "package.json": { scripts: { start: "node server.js" } }, "server.js": "" },
    expected: ["Node.js", "npm", null, null, "npm start"],
  },
  {
    name: "express-npm",
    files: {
      "package.json": manifest({ start: "node --enable-source-maps server.js" }, ["express"], ["vitest"]),
      ...npmLock,
    },
    expected: ["Express", "npm", "npm ci --omit=dev", null, "npm start"],
  },
  {
    name: "fastify-pnpm-typescript",
    files: {
      "package.json": manifest({ build: "tsc", start: "node dist/server.js" }, ["fastify"], ["typescript"]),
      ...pnpmLock,
    },
    keys: ["API_URL", "not a name"],
    expected: ["Fastify", "pnpm", "pnpm install --frozen-lockfile", "pnpm run build", "pnpm run start"],
  },
  {
    name: "hono-bun",
    files: { "package.json": manifest({ start: "bun src/index.ts" }, ["hono"]), "bun.lock": "" },
    expected: ["Hono", "Bun", "bun install --frozen-lockfile", null, "bun run start"],
  },
  {
    name: "koa-yarn-classic",
    files: {
      "package.json": { ...manifest({}, ["koa"], ["jest"]), main: "./index.js" },
      "index.js": "",
      "yarn.lock": "# yarn lockfile v1\n",
    },
    expected: ["Koa", "Yarn", "yarn install --non-interactive --frozen-lockfile --production", null, "node index.js"],
  },
  {
    name: "nestjs-yarn-berry",
    files: {
      "package.json": {
        ...manifest(
          { build: "nest build", start: "nest start", "start:prod": "node dist/main" },
          ["@nestjs/core"],
          ["@nestjs/cli"],
        ),
        packageManager: "yarn@4.9.2+sha512.abc",
      },
      "yarn.lock": "__metadata:\n  version: 8\n",
      ".yarnrc.yml": "",
      ".yarn/patches/x.patch": "",
    },
    expected: ["NestJS", "Yarn", "yarn install --immutable", "yarn run build", "yarn run start:prod"],
  },
  {
    name: "nextjs",
    files: {
      "package.json": {
        ...manifest({ dev: "next dev", build: "next build", start: "next start" }, ["next", "react"]),
        engines: { node: ">=20 <23" },
      },
      ...npmLock,
    },
    keys: ["NEXT_PUBLIC_API"],
    expected: ["Next.js", "npm", "npm ci", "npm run build", "npm start"],
  },
  {
    name: "nextjs-standalone",
    files: {
      "package.json": manifest({ build: "next build", start: "next start" }, ["next"]),
      "next.config.ts": "export default { output: 'standalone' }",
      "public/a.png": "",
      ...pnpmLock,
    },
    expected: ["Next.js", "pnpm", "pnpm install --frozen-lockfile", "pnpm run build", "pnpm run start"],
  },
  {
    name: "nextjs-export",
    files: {
      "package.json": manifest({ build: "next build", start: "next start" }, ["next"]),
      "next.config.mjs": 'export default { output: "export" }',
      ...npmLock,
    },
    expected: ["Next.js (static export)", "npm", "npm ci", "npm run build", null],
  },
  {
    name: "nuxt",
    files: { "package.json": manifest({ build: "nuxt build", dev: "nuxt dev" }, ["nuxt"]), ...pnpmLock },
    expected: ["Nuxt", "pnpm", "pnpm install --frozen-lockfile", "pnpm run build", "node .output/server/index.mjs"],
  },
  {
    name: "sveltekit-node",
    files: {
      "package.json": manifest(
        { build: "vite build", dev: "vite dev" },
        [],
        ["@sveltejs/kit", "@sveltejs/adapter-node", "vite"],
      ),
      ...npmLock,
    },
    expected: ["SvelteKit", "npm", "npm ci", "npm run build", "node build"],
  },
  {
    name: "sveltekit-static",
    files: {
      "package.json": manifest({ build: "vite build" }, [], ["@sveltejs/kit", "@sveltejs/adapter-static", "vite"]),
      ...npmLock,
    },
    expected: ["SvelteKit (static)", "npm", "npm ci", "npm run build", null],
  },
  {
    name: "astro-server",
    files: {
      "package.json": manifest({ build: "astro build", start: "astro dev" }, ["astro", "@astrojs/node"]),
      ...npmLock,
    },
    expected: ["Astro", "npm", "npm ci", "npm run build", "node ./dist/server/entry.mjs"],
  },
  {
    name: "astro-static",
    files: { "package.json": manifest({ build: "astro build", start: "astro dev" }, ["astro"]), ...npmLock },
    expected: ["Astro", "npm", "npm ci", "npm run build", null],
  },
  {
    name: "react-router",
    files: {
      "package.json": manifest(
        { build: "react-router build", start: "react-router-serve ./build/server/index.js" },
        ["@react-router/serve"],
        ["@react-router/dev", "vite"],
      ),
      ...npmLock,
    },
    expected: ["React Router", "npm", "npm ci", "npm run build", "npm start"],
  },
  {
    name: "remix-express",
    files: {
      "package.json": manifest(
        { build: "remix vite:build", start: "cross-env NODE_ENV=production node ./server.js" },
        ["@remix-run/express", "cross-env"],
        ["@remix-run/dev"],
      ),
      ...npmLock,
    },
    expected: ["Remix", "npm", "npm ci", "npm run build", "npm start"],
  },
  {
    name: "vite",
    files: { "package.json": manifest({ build: "vite build", dev: "vite", preview: "vite preview" }, [], ["vite"]) },
    expected: ["Vite", "npm", "npm install", "npm run build", null],
  },
  {
    name: "vite-with-server",
    files: {
      "package.json": manifest({ build: "vite build", start: "node server.js" }, ["express"], ["vite"]),
      ...npmLock,
    },
    expected: ["Express", "npm", "npm ci", "npm run build", "npm start"],
  },
  {
    name: "create-react-app",
    files: {
      "package.json": manifest({ build: "react-scripts build", start: "react-scripts start" }, ["react-scripts"]),
      "yarn.lock": "# yarn lockfile v1\n",
    },
    expected: ["Create React App", "Yarn", "yarn install --non-interactive --frozen-lockfile", "yarn run build", null],
  },
  {
    name: "angular",
    files: {
      "package.json": manifest({ build: "ng build", start: "ng serve" }, ["@angular/core"], ["@angular/cli"]),
      "angular.json": '{"projects": {"shop": {"architect": {"build": {"builder": "@angular/build:application"}}}}}',
      ...npmLock,
    },
    expected: ["Angular", "npm", "npm ci", "npm run build", null],
  },
  {
    name: "private-registry",
    files: {
      "package.json": manifest({ start: "node server.js" }, ["@team/library"]),
      ".npmrc": "//npm.example.com/:_authToken=${NPM_TOKEN}\n",
      "server.js": "",
      ...npmLock,
    },
    keys: ["NPM_TOKEN", "OTHER"],
    expected: ["Node.js", "npm", "npm ci", null, "npm start"],
  },
  {
    name: "install-script",
    files: {
      "package.json": manifest(
        { postinstall: "node scripts/generate.js", build: "tsc", start: "node dist" },
        ["express"],
        ["typescript"],
      ),
      ...npmLock,
    },
    expected: ["Express", "npm", "npm ci", "npm run build", "npm start"],
  },
  {
    name: "workspaces",
    files: {
      "package.json": {
        ...manifest({ build: "npm run build --workspaces", start: "node apps/api/dist/main.js" }, []),
        workspaces: ["apps/*", "packages/*"],
      },
      "apps/api/package.json": {},
      "packages/shared/package.json": {},
      ...npmLock,
    },
    expected: ["Node.js", "npm", "npm ci", "npm run build", "npm start"],
  },
  {
    name: "start-in-a-shell",
    files: {
      "package.json": {
        ...manifest({ start: "prisma migrate deploy && node dist/main.js", build: "tsc" }, ["express", "prisma"]),
        packageManager: "pnpm@9.15.0",
      },
      ...pnpmLock,
    },
    expected: ["Express", "pnpm", "pnpm install --frozen-lockfile", "pnpm run build", "pnpm run start"],
  },
  {
    name: "own-commands",
    files: { "package.json": manifest({ build: "vite build" }, [], ["vite"]), ...npmLock },
    settings: {
      installCommand: "npm ci --legacy-peer-deps",
      buildCommand: "npm run build -- --mode staging",
      startCommand: "npx vite preview --host --port $PORT",
    },
    expected: [
      "Node.js",
      "npm",
      "npm ci --legacy-peer-deps",
      "npm run build -- --mode staging",
      "npx vite preview --host --port $PORT",
    ],
  },
  {
    name: "plain-site",
    files: { "index.html": "", "style.css": "" },
    expected: ["Static site", null, null, null, null],
  },
  {
    name: "chosen-site",
    files: { "package.json": manifest({ build: "make-site" }, ["site-maker"]), Dockerfile: "FROM scratch", ...npmLock },
    settings: { builder: "static", outputDirectory: "./out/my site/" },
    expected: ["Static site", "npm", "npm ci", "npm run build", null],
  },
];

export const otherCases: PlanCase[] = [
  {
    name: "fastapi-uv",
    files: {
      "pyproject.toml": '[project]\nrequires-python = ">=3.12"\ndependencies = ["fastapi>=0.115"]\n',
      "uv.lock": "",
      "app/main.py": "app = FastAPI(title='x')\n",
      ".python-version": "3.12.4\n",
    },
    keys: ["A"],
    expected: [
      "FastAPI",
      "uv",
      "uv sync --frozen --no-dev --no-install-project --active",
      null,
      "uvicorn --host 0.0.0.0 --port $PORT app.main:app",
    ],
  },
  {
    name: "flask-pip",
    files: {
      "requirements.txt": "flask==3.1.0\ngunicorn==23.0.0\n",
      "app.py": "from flask import Flask\napp = Flask(__name__)\n",
    },
    expected: ["Flask", "pip", "pip install -r requirements.txt", null, "gunicorn --bind 0.0.0.0:$PORT app:app"],
  },
  {
    name: "django-poetry",
    files: {
      "pyproject.toml": '[tool.poetry.dependencies]\npython = "^3.13"\ndjango = "^5.2"\n',
      "poetry.lock": "",
      "manage.py": "",
      "shop/wsgi.py": "",
      "package.json": manifest({ start: "webpack --watch" }, []),
    },
    settings: { buildCommand: "python manage.py collectstatic --no-input" },
    expected: [
      "Django",
      "Poetry",
      "poetry install --only main --no-root --no-interaction",
      "python manage.py collectstatic --no-input",
      "gunicorn --bind 0.0.0.0:$PORT shop.wsgi",
    ],
  },
  {
    name: "python-procfile",
    files: { "requirements.txt": "aiohttp\n", Procfile: "worker: python work.py\nweb: python -m site --port $PORT\n" },
    expected: ["Python", "pip", "pip install -r requirements.txt", null, "python -m site --port $PORT"],
  },
  {
    name: "go",
    files: { "go.mod": "module x\n\ngo 1.24.1\n", "go.sum": "", "cmd/worker/main.go": "", "cmd/server/main.go": "" },
    expected: [
      "Go",
      null,
      "go mod download",
      'go build -trimpath -ldflags="-s -w" -o /out/server ./cmd/server',
      "server",
    ],
  },
  {
    name: "rails",
    files: {
      Gemfile: 'ruby "3.3.6"\ngem "rails"\n',
      "Gemfile.lock": "",
      "bin/rails": "",
      "app/assets/x.css": "",
      "package.json": manifest({ build: "esbuild" }, []),
    },
    expected: [
      "Ruby on Rails",
      "Bundler",
      "bundle install",
      "SECRET_KEY_BASE_DUMMY=1 bundle exec rails assets:precompile",
      "bundle exec rails server --binding 0.0.0.0 --port $PORT",
    ],
  },
  {
    name: "laravel",
    files: {
      "composer.json": { require: { php: "^8.2" } },
      "composer.lock": "",
      artisan: "",
      "public/index.php": "",
      "package.json": manifest({ build: "vite build" }, [], ["vite"]),
    },
    expected: [
      "Laravel",
      "Composer",
      "composer install --no-dev --no-interaction --no-scripts --optimize-autoloader --ignore-platform-reqs",
      null,
      "frankenphp php-server --listen :$PORT --root public",
    ],
  },
  {
    name: "rust",
    files: {
      "Cargo.toml": '[package]\nname = "web-app"\nversion = "0.1.0"\n\n[dependencies]\nname = "no"\n',
      "Cargo.lock": "",
      "src/main.rs": "",
      "templates/a.html": "",
    },
    expected: ["Rust", "Cargo", null, "cargo build --release --locked", "web-app"],
  },
  {
    name: "spring-maven",
    files: { "pom.xml": "<artifactId>spring-boot-starter-parent</artifactId><java.version>17</java.version>" },
    expected: [
      "Spring Boot",
      "Maven",
      null,
      "mvn --batch-mode -DskipTests package",
      "java -Dserver.port=$PORT -jar /app/app.jar",
    ],
  },
  {
    name: "gradle",
    files: { "build.gradle.kts": "plugins { application }", gradlew: "" },
    expected: ["Java", "Gradle", null, "sh gradlew --no-daemon assemble", "java -Dserver.port=$PORT -jar /app/app.jar"],
  },
  {
    name: "dotnet",
    files: {
      "Shop/Shop.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web"><TargetFramework>net8.0</TargetFramework>',
      "Shop.Tests/Shop.Tests.csproj": "",
    },
    expected: [
      ".NET",
      "NuGet",
      null,
      'dotnet publish "Shop/Shop.csproj" --configuration Release --output /out',
      "dotnet /app/Shop.dll --urls http://0.0.0.0:$PORT",
    ],
  },
];
