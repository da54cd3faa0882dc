FROM node:24-slim
ENV NODE_ENV=production PORT=3000
COPY .helvetia/static-server /static-server
COPY . /site
USER node
EXPOSE 3000
CMD ["node","/static-server/serve.cjs","/site"]
