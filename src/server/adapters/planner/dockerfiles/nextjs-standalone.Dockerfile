FROM node:24-slim AS base
ENV NPM_CONFIG_AUDIT=false NPM_CONFIG_FUND=false NPM_CONFIG_UPDATE_NOTIFIER=false npm_config_store_dir=/pnpm-store
RUN --mount=type=cache,target=/root/.npm npm install --global pnpm@10.34.8

FROM base AS dependencies
WORKDIR /app
COPY package.json pnpm-lock.yaml ./
RUN --mount=type=cache,target=/pnpm-store pnpm install --frozen-lockfile

FROM base AS build
WORKDIR /app
COPY . ./
RUN --mount=type=bind,from=dependencies,source=/app/node_modules,target=/app/node_modules,rw --mount=type=cache,target=/app/.next/cache pnpm run build

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 HOSTNAME=0.0.0.0 NEXT_TELEMETRY_DISABLED=1
COPY --from=build --chown=node:node /app/.next/standalone /app
COPY --from=build --chown=node:node /app/.next/static /app/.next/static
COPY --from=build --chown=node:node /app/public /app/public
WORKDIR /app
USER node
EXPOSE 3000
CMD ["node","server.js"]
