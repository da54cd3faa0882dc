FROM node:24-slim AS base
ENV NPM_CONFIG_AUDIT=false NPM_CONFIG_FUND=false NPM_CONFIG_UPDATE_NOTIFIER=false

FROM base AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
ARG NPM_TOKEN
RUN --mount=type=cache,target=/root/.npm npm ci

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 PATH=/app/node_modules/.bin:$PATH
COPY --from=dependencies --chown=node:node /app/node_modules /app/node_modules
COPY --chown=node:node . /app
WORKDIR /app
USER node
EXPOSE 3000
CMD ["node","server.js"]
