FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
COPY --chown=node:node . /app
WORKDIR /app
USER node
EXPOSE 3000
CMD ["node","server.js"]
