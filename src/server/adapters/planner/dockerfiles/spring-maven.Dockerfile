FROM maven:3-eclipse-temurin-17 AS build
WORKDIR /app
COPY . ./
RUN --mount=type=cache,target=/root/.m2 mvn --batch-mode -DskipTests package
RUN install -D "$(find target -maxdepth 1 -name '*.jar' ! -name '*-plain.jar' ! -name '*-sources.jar' ! -name '*-javadoc.jar' ! -name 'original-*' | sort | head -n 1)" /out/app.jar

FROM eclipse-temurin:17-jre
ENV HOME=/app HOST=0.0.0.0 PORT=3000
COPY --from=build --chown=1000:1000 /out /app
WORKDIR /app
USER 1000:1000
EXPOSE 3000
CMD ["/bin/sh","-c","exec java -Dserver.port=$PORT -jar /app/app.jar"]
