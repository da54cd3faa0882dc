FROM node:24-slim AS base
ENV NPM_CONFIG_AUDIT=false NPM_CONFIG_FUND=false NPM_CONFIG_UPDATE_NOTIFIER=false

FROM base AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci

FROM base AS build
WORKDIR /app
COPY . ./
RUN --mount=type=bind,from=dependencies,source=/app/node_modules,target=/app/node_modules,rw --mount=type=cache,target=/app/.next/cache npm run build

FROM node:24-slim
ENV NODE_ENV=production PORT=3000
COPY .helvetia/static-server /static-server
COPY --from=build /app/out /site
USER node
EXPOSE 3000
CMD ["node","/static-server/serve.cjs","/site","--immutable=/_next/static/"]
