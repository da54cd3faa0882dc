/** What everybody who is signed in may know of the platform itself. */
export type PlatformView = {
  /** Without a worker everything that people ask for waits; what is online stays online. */
  workerRunning: boolean;
};
