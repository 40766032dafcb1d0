# One native program in an image without a shell: docker build -t taggateway .
# Both bases are arguments, so that the image can be built where no registry is reached (tests/image.sh does).
#   BUILD_IMAGE    the .NET 10 SDK with what Native AOT links with (clang, zlib)
#   RUNTIME_IMAGE  the C library, OpenSSL and CA certificates; nothing else is needed
ARG BUILD_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0-noble-aot
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled

FROM ${BUILD_IMAGE} AS build
WORKDIR /source

# The packages first: this layer is kept until a project or lock file changes.
COPY global.json ./
COPY src/*.props src/BannedSymbols.txt src/
COPY src/TagGateway/TagGateway.csproj src/TagGateway/packages.lock.json src/TagGateway/
COPY src/TagGateway.Demo/TagGateway.Demo.csproj src/TagGateway.Demo/packages.lock.json src/TagGateway.Demo/
# Twice: the first holds the packages to the committed lock files, the second adds the native compiler of this machine's kind.
RUN dotnet restore src/TagGateway --locked-mode \
 && dotnet restore src/TagGateway --use-current-runtime -p:PublishAot=true

COPY .editorconfig ./
COPY src/ src/
RUN dotnet publish src/TagGateway --no-restore --configuration Release --use-current-runtime -p:PublishAot=true --output /published

FROM ${RUNTIME_IMAGE}
LABEL org.opencontainers.image.title="TagGateway" \
      org.opencontainers.image.description="Serves Google's tag from your own site and forwards its measurement hits"

# The configuration is looked for in config/taggateway.json: mount a directory on /app/config.
WORKDIR /app
COPY --from=build /published/taggateway ./

# Probes reach a container from outside, so health and metrics listen on every address here: never publish 8081 to the internet.
ENV TAGGATEWAY_ADMIN__URL=http://*:8081
EXPOSE 8080 8081

# "app" in Microsoft's images; by number, so that Kubernetes can see that it is not root.
USER 1654
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["/app/taggateway", "healthcheck"]
ENTRYPOINT ["/app/taggateway"]
