FROM gradle:8-jdk21 AS build
WORKDIR /app
COPY . ./
RUN --mount=type=cache,target=/home/gradle/.gradle sh gradlew --no-daemon assemble
RUN install -D "$(find build/libs -maxdepth 1 -name '*.jar' ! -name '*-plain.jar' ! -name '*-sources.jar' ! -name '*-javadoc.jar' ! -name 'original-*' | sort | head -n 1)" /out/app.jar

FROM eclipse-temurin:21-jre
ENV HOME=/app HOST=0.0.0.0 PORT=3000
COPY --from=build --chown=1000:1000 /out /app
WORKDIR /app
USER 1000:1000
EXPOSE 3000
CMD ["/bin/sh","-c","exec java -Dserver.port=$PORT -jar /app/app.jar"]
