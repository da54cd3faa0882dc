FROM node:24-slim AS base
ENV NPM_CONFIG_AUDIT=false NPM_CONFIG_FUND=false NPM_CONFIG_UPDATE_NOTIFIER=false YARN_CACHE_FOLDER=/yarn-cache
RUN --mount=type=cache,target=/root/.npm npm install --global --force yarn@1.22.22

FROM base AS dependencies
WORKDIR /app
COPY package.json yarn.lock ./
RUN --mount=type=cache,target=/yarn-cache yarn install --non-interactive --frozen-lockfile

FROM base AS build
WORKDIR /app
COPY . ./
RUN --mount=type=bind,from=dependencies,source=/app/node_modules,target=/app/node_modules,rw yarn run build

FROM node:24-slim
ENV NODE_ENV=production PORT=3000
COPY .helvetia/static-server /static-server
COPY --from=build /app/build /site
USER node
EXPOSE 3000
CMD ["node","/static-server/serve.cjs","/site","--single","--immutable=/static/"]
