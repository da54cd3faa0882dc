FROM rust:1-slim-bookworm AS build
WORKDIR /app
COPY . ./
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/app/target cargo build --release --locked && install -D target/release/web-app /out/web-app

FROM debian:bookworm-slim
ENV HOME=/app HOST=0.0.0.0 PORT=3000
COPY --from=build /out/web-app /usr/local/bin/web-app
COPY --chown=1000:1000 templates /app/templates
WORKDIR /app
USER 1000:1000
EXPOSE 3000
CMD ["web-app"]
