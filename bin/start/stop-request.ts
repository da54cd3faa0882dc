/** Ctrl-C, SIGTERM and a closed terminal all ask for an orderly stop; asking again a second later ends at once. */

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** npm and the terminal both pass on one Ctrl-C. */
const sameRequestMs = 1000;

export type StopRequest = { signal: AbortSignal; requested: Promise<NodeJS.Signals> };

export function listenForStop(impatient: () => void): StopRequest {
  const controller = new AbortController();
  let firstAt = 0;
  const requested = new Promise<NodeJS.Signals>((resolve) => {
    const ask = (name: NodeJS.Signals) => {
      if (firstAt === 0) {
        firstAt = performance.now();
        controller.abort();
        resolve(name);
      } else if (performance.now() - firstAt > sameRequestMs) {
        impatient();
      }
    };
    for (const name of signals) process.on(name, ask);
  });
  return { signal: controller.signal, requested };
}
