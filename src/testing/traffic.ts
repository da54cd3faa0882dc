/** Asks applications through the router, as their visitors do. */
import { Agent, get, type IncomingMessage } from "node:http";
import { text as readText } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

const agent = new Agent({ keepAlive: false });

export type Address = { host: string; port: number };

/** Opens a response; what becomes of it is the caller's. */
export function open(address: Address, hostName: string, path = "/"): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get({ ...address, path, headers: { host: hostName }, agent, timeout: 60_000 }, resolve).once("error", reject);
  });
}

/** The body of the answer to GET /, or null where it was not 200 or there was none. */
export async function ask(address: Address, hostName: string): Promise<string | null> {
  try {
    const response = await open(address, hostName);
    const body = await readText(response);
    return response.statusCode === 200 ? body : null;
  } catch {
    return null;
  }
}

/** Often enough to see the switch, and seldom enough not to take from what is measured the time it needs. */
const askEveryMs = 20;

/** Resolves at the first answer that is this version. */
export async function untilVersion(
  address: Address,
  hostName: string,
  version: string,
  timeoutMs = 180_000,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while ((await ask(address, hostName)) !== version) {
    if (performance.now() > deadline) throw new Error(`${hostName} did not answer with ${version} in ${timeoutMs} ms`);
    await sleep(askEveryMs);
  }
}
