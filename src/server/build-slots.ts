/**
 * Bounds how many deployments of one worker fetch and build at a time (DEPLOY_CONCURRENCY). What only starts, checks and
 * routes containers takes no slot, so that a rollback never waits behind builds.
 */
export type BuildSlot = {
  readonly held: boolean;
  /** May be called again. */
  release(): void;
};

export type BuildSlots = {
  /** Null where all are taken. */
  tryAcquire(): BuildSlot | null;
  readonly size: number;
  readonly free: number;
  /** Called whenever a slot became free. Returns the function that ends that. */
  onFree(handler: () => void): () => void;
};

export function createBuildSlots(size: number): BuildSlots {
  let free = size;
  const handlers = new Set<() => void>();
  return {
    size,
    get free() {
      return free;
    },
    tryAcquire() {
      if (free === 0) return null;
      free -= 1;
      let held = true;
      return {
        get held() {
          return held;
        },
        release() {
          if (!held) return;
          held = false;
          free += 1;
          for (const handler of [...handlers]) handler();
        },
      };
    },
    onFree(handler) {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
  };
}
