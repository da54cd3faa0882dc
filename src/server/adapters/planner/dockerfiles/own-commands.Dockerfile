FROM node:24-slim AS base
ENV NPM_CONFIG_AUDIT=false NPM_CONFIG_FUND=false NPM_CONFIG_UPDATE_NOTIFIER=false

FROM base AS build
WORKDIR /app
COPY . ./
RUN --mount=type=cache,target=/root/.npm npm ci --legacy-peer-deps
RUN npm run build -- --mode staging

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 PATH=/app/node_modules/.bin:$PATH
COPY --from=build --chown=node:node /app /app
WORKDIR /app
USER node
EXPOSE 3000
CMD ["/bin/sh","-c","exec npx vite preview --host --port $PORT"]
