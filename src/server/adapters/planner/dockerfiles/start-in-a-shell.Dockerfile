FROM node:24-slim AS base
ENV NPM_CONFIG_AUDIT=false NPM_CONFIG_FUND=false NPM_CONFIG_UPDATE_NOTIFIER=false npm_config_store_dir=/pnpm-store
RUN --mount=type=cache,target=/root/.npm npm install --global pnpm@9.15.0

FROM base AS dependencies
WORKDIR /app
COPY package.json pnpm-lock.yaml ./
RUN --mount=type=cache,target=/pnpm-store pnpm install --frozen-lockfile

FROM base AS build
WORKDIR /app
COPY . ./
RUN --mount=type=bind,from=dependencies,source=/app/node_modules,target=/app/node_modules,rw pnpm run build

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 PATH=/app/node_modules/.bin:$PATH
COPY --from=dependencies --chown=node:node /app/node_modules /app/node_modules
COPY --from=build --chown=node:node /app /app
WORKDIR /app
USER node
EXPOSE 3000
CMD ["/bin/sh","-c","prisma migrate deploy && exec node dist/main.js"]
