FROM node:24-slim AS base
ENV NPM_CONFIG_AUDIT=false NPM_CONFIG_FUND=false NPM_CONFIG_UPDATE_NOTIFIER=false YARN_NODE_LINKER=node-modules YARN_GLOBAL_FOLDER=/yarn-cache YARN_ENABLE_TELEMETRY=0
RUN --mount=type=cache,target=/root/.npm npm install --global --force @yarnpkg/cli-dist@4.9.2

FROM base AS dependencies
WORKDIR /app
COPY package.json yarn.lock .yarnrc.yml ./
COPY .yarn ./.yarn
RUN --mount=type=cache,target=/yarn-cache yarn install --immutable

FROM dependencies AS production-dependencies
RUN --mount=type=cache,target=/yarn-cache yarn workspaces focus --production

FROM base AS build
WORKDIR /app
COPY . ./
RUN --mount=type=bind,from=dependencies,source=/app/node_modules,target=/app/node_modules,rw yarn run build

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 PATH=/app/node_modules/.bin:$PATH
COPY --from=production-dependencies --chown=node:node /app/node_modules /app/node_modules
COPY --from=build --chown=node:node /app /app
WORKDIR /app
USER node
EXPOSE 3000
CMD ["node","dist/main"]
