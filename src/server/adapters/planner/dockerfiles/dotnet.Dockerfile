FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build
WORKDIR /app
COPY . ./
RUN --mount=type=cache,target=/root/.nuget/packages dotnet publish "Shop/Shop.csproj" --configuration Release --output /out

FROM mcr.microsoft.com/dotnet/aspnet:8.0
ENV DOTNET_ENVIRONMENT=Production HOME=/app HOST=0.0.0.0 PORT=3000
COPY --from=build --chown=1000:1000 /out /app
WORKDIR /app
USER 1000:1000
EXPOSE 3000
CMD ["/bin/sh","-c","exec dotnet /app/Shop.dll --urls http://0.0.0.0:$PORT"]
