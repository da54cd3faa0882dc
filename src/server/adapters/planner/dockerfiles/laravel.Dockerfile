FROM composer:2 AS build
WORKDIR /app
COPY . ./
RUN --mount=type=cache,target=/tmp/cache composer install --no-dev --no-interaction --no-scripts --optimize-autoloader --ignore-platform-reqs

FROM dunglas/frankenphp:1-php8.4
ENV LOG_CHANNEL=stderr XDG_CONFIG_HOME=/tmp XDG_DATA_HOME=/tmp HOME=/app HOST=0.0.0.0 PORT=3000
RUN setcap -r /usr/local/bin/frankenphp
RUN install-php-extensions pdo_mysql pdo_pgsql
COPY --from=build --chown=1000:1000 /app /app
WORKDIR /app
USER 1000:1000
EXPOSE 3000
CMD ["/bin/sh","-c","exec frankenphp php-server --listen :$PORT --root public"]
