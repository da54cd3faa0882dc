FROM ruby:3.3-slim AS build
ENV BUNDLE_PATH=/bundle BUNDLE_WITHOUT=development:test BUNDLE_DEPLOYMENT=1 RACK_ENV=production RAILS_ENV=production RAILS_LOG_TO_STDOUT=1 RAILS_SERVE_STATIC_FILES=1
RUN apt-get update && apt-get install --yes --no-install-recommends build-essential git libpq-dev libyaml-dev default-libmysqlclient-dev pkg-config && rm -rf /var/lib/apt/lists
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN --mount=type=cache,target=/root/.bundle/cache bundle install
COPY . ./
RUN SECRET_KEY_BASE_DUMMY=1 bundle exec rails assets:precompile

FROM ruby:3.3-slim
ENV BUNDLE_PATH=/bundle BUNDLE_WITHOUT=development:test BUNDLE_DEPLOYMENT=1 RACK_ENV=production RAILS_ENV=production RAILS_LOG_TO_STDOUT=1 RAILS_SERVE_STATIC_FILES=1 HOME=/app HOST=0.0.0.0 PORT=3000
RUN apt-get update && apt-get install --yes --no-install-recommends libpq5 libmariadb3 libyaml-0-2 && rm -rf /var/lib/apt/lists
COPY --from=build /bundle /bundle
COPY --from=build --chown=1000:1000 /app /app
WORKDIR /app
USER 1000:1000
EXPOSE 3000
CMD ["/bin/sh","-c","exec bundle exec rails server --binding 0.0.0.0 --port $PORT"]
