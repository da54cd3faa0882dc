"use client";

import { Notice } from "@/ui/notice";
import { useWorkerRunning } from "./use-platform";

/** Above every page while no worker runs: why what people ask for does not begin, and what to do about it. */
export function NoWorkerNotice() {
  const workerRunning = useWorkerRunning();
  return (
    <div role="status" className="mx-auto w-full max-w-6xl px-4 pt-6 empty:hidden sm:px-6">
      {!workerRunning && (
        <Notice tone="waiting" title="No worker is running, so nothing is deployed at the moment">
          <p>
            Deployments and other changes wait, and begin by themselves once a worker runs. What is online stays online.
          </p>
          <p className="mt-1">
            If you operate this platform, <code className="font-mono">npm start</code> starts one; where that runs
            already, <code className="font-mono">logs/worker.log</code> in its data directory says why the worker ended.
            Otherwise tell your operator.
          </p>
        </Notice>
      )}
    </div>
  );
}
