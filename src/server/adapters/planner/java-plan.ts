import { applicationStage, owned } from "./application-stage";
import { cacheMount, copy, declare, dockerfile, execVector, from, run } from "./dockerfile-text";
import { firstFile } from "./file-tree";
import { procfileCommand } from "./procfile";
import type { PlanInput, Recipe } from "./recipe";

const defaultRelease = "21";
/** Of the jars a build makes, the one that runs: Spring's "-plain", sources and documentation are not it. */
const takeJar = (directory: string) =>
  `install -D "$(find ${directory} -maxdepth 1 -name '*.jar' ! -name '*-plain.jar' ! -name '*-sources.jar' ! -name '*-javadoc.jar' ! -name 'original-*' | sort | head -n 1)" /out/app.jar`;

export function detectJava({ tree, settings, environmentKeys }: PlanInput): Recipe | null {
  const isMaven = tree.has("pom.xml");
  const gradle = firstFile(tree, ["build.gradle.kts", "build.gradle"]);
  if (!isMaven && gradle === null) return null;
  const manifest = tree.read(isMaven ? "pom.xml" : (gradle ?? ""));
  const release = javaRelease(manifest);
  const standard = isMaven
    ? "mvn --batch-mode -DskipTests package"
    : `${tree.has("gradlew") ? "sh gradlew" : "gradle"} --no-daemon assemble`;
  const build = settings.buildCommand ?? standard;
  const start = settings.startCommand ?? procfileCommand(tree) ?? "java -Dserver.port=$PORT -jar /app/app.jar";
  const output = isMaven ? "target" : "build/libs";
  const stage = [
    from(isMaven ? `maven:3-eclipse-temurin-${release}` : `gradle:8-jdk${release}`, "build"),
    "WORKDIR /app",
    copy(["."], "./"),
    ...declare(environmentKeys),
    run(build, [cacheMount(isMaven ? "/root/.m2" : "/home/gradle/.gradle")]),
    run(takeJar(output)),
  ];
  return {
    label: /spring-boot|springframework\.boot/.test(manifest) ? "Spring Boot" : "Java",
    framework: /spring-boot|springframework\.boot/.test(manifest) ? "spring-boot" : "java",
    packageManager: isMaven ? "Maven" : "Gradle",
    installCommand: null,
    buildCommand: build,
    startCommand: start,
    outputDirectory: null,
    dockerfile: dockerfile(
      stage,
      applicationStage(
        `eclipse-temurin:${release}-jre`,
        {},
        [copy(["/out"], "/app", ["--from=build", owned])],
        execVector(start),
      ),
    ),
    notes: [],
  };
}

function javaRelease(manifest: string): string {
  const said =
    /(?:<java\.version>|<maven\.compiler\.release>|<release>|JavaLanguageVersion\.of\(|JavaVersion\.VERSION_)\s*(\d{2})/.exec(
      manifest,
    )?.[1];
  return said ?? defaultRelease;
}
