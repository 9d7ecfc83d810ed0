# Build: the SQLite driver is C, so cgo and a C compiler are needed here, and
# the same C library in the image that runs the program.
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY cmd cmd
COPY internal internal
COPY templates templates
COPY static static
RUN CGO_ENABLED=1 go build -trimpath -ldflags="-s -w" -o /servicematning ./cmd/servicematning \
 # A binary built without cgo starts and then fails to open a database: find out here.
 && /servicematning migrate --database /tmp/check.db

FROM debian:bookworm-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin servicematning \
 && install -d -o servicematning -g servicematning /data
COPY --from=build /servicematning /usr/local/bin/servicematning
USER servicematning
VOLUME /data
ENV SERVICEMATNING_DATABASE=/data/servicematning.db
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s CMD ["servicematning", "health", "--addr", "127.0.0.1:8080"]
ENTRYPOINT ["servicematning"]
CMD ["serve", "--addr", "0.0.0.0:8080"]
