/**
 * Bounds how many deployments of one worker fetch and build at a time (DEPLOY_CONCURRENCY). What only starts, checks and
 * routes containers takes no slot, so that a rollback never waits behind builds.
 */
export type BuildSlots = {
  /** A function that gives the slot back, or null where all are taken. */
  tryAcquire(): (() => void) | null;
  readonly free: number;
  /** Called whenever a slot became free. */
  onFree(handler: () => void): void;
};

export function createBuildSlots(size: number): BuildSlots {
  let free = size;
  const handlers: (() => void)[] = [];
  return {
    get free() {
      return free;
    },
    tryAcquire() {
      if (free === 0) return null;
      free -= 1;
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        free += 1;
        for (const handler of handlers) handler();
      };
    },
    onFree(handler) {
      handlers.push(handler);
    },
  };
}
