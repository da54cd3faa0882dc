import type { Page } from "playwright/test";

/** The ids in the address of the open page. */
export function readServiceId(page: Page): string {
  return readId(page, /\/services\/(svc_[0-9a-z]+)/);
}

export function readDeploymentId(page: Page): string {
  return readId(page, /\/deployments\/(dep_[0-9a-z]+)/);
}

function readId(page: Page, pattern: RegExp): string {
  const [, id] = pattern.exec(page.url()) ?? [];
  if (id === undefined) throw new Error(`${page.url()} is not the address of such a page`);
  return id;
}
