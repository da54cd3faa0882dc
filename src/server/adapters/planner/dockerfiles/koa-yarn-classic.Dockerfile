FROM node:24-slim AS base
ENV NPM_CONFIG_AUDIT=false NPM_CONFIG_FUND=false NPM_CONFIG_UPDATE_NOTIFIER=false YARN_CACHE_FOLDER=/yarn-cache
RUN --mount=type=cache,target=/root/.npm npm install --global --force yarn@1.22.22

FROM base AS dependencies
WORKDIR /app
COPY package.json yarn.lock ./
RUN --mount=type=cache,target=/yarn-cache yarn install --non-interactive --frozen-lockfile --production

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 PATH=/app/node_modules/.bin:$PATH
COPY --from=dependencies --chown=node:node /app/node_modules /app/node_modules
COPY --chown=node:node . /app
WORKDIR /app
USER node
EXPOSE 3000
CMD ["node","index.js"]
