FROM node:24-slim AS base
ENV NPM_CONFIG_AUDIT=false NPM_CONFIG_FUND=false NPM_CONFIG_UPDATE_NOTIFIER=false BUN_INSTALL_CACHE_DIR=/bun-cache
RUN --mount=type=cache,target=/root/.npm npm install --global bun@1.4.5

FROM base AS dependencies
WORKDIR /app
COPY package.json bun.lock ./
RUN --mount=type=cache,target=/bun-cache bun install --frozen-lockfile

FROM base
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 PATH=/app/node_modules/.bin:$PATH
COPY --from=dependencies --chown=node:node /app/node_modules /app/node_modules
COPY --chown=node:node . /app
WORKDIR /app
USER node
EXPOSE 3000
CMD ["bun","src/index.ts"]
