export * from "./audit";
export * from "./deployments";
export * from "./logs";
export * from "./people";
export * from "./projects";
export * from "./rate-limits";
export * from "./service-events";
export * from "./traffic";
