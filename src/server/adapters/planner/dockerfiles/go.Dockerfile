FROM golang:1.24 AS build
ENV CGO_ENABLED=0
WORKDIR /app
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build go mod download
COPY . ./
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build go build -trimpath -ldflags="-s -w" -o /out/server ./cmd/server

FROM alpine:3.22
ENV HOME=/app HOST=0.0.0.0 PORT=3000
COPY --from=build --chown=1000:1000 /app /app
COPY --from=build /out/server /usr/local/bin/server
WORKDIR /app
USER 1000:1000
EXPOSE 3000
CMD ["server"]
