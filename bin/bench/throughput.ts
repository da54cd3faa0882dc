/** Rate and latency of one address under kept connections, by autocannon in this process. */
import autocannon from "autocannon";

export type Throughput = { perSecond: number; p99Ms: number };

/** `paths`: each connection asks for one after the other, in place of the url's own. Throws where any answer was not a success. */
export async function measureThroughput(options: {
  url: string;
  paths?: string[];
  headers?: Record<string, string>;
  connections: number;
  seconds: number;
}): Promise<Throughput> {
  const { url, paths, headers = {}, connections, seconds } = options;
  const requests = paths?.map((path) => ({ path, headers }));
  const result = await autocannon({ url, headers, connections, duration: seconds, ...(requests && { requests }) });
  const bad = result.non2xx + result.errors + result.timeouts;
  if (bad > 0) throw new Error(`${bad} of ${result.requests.total} answers of ${url} were no success`);
  return { perSecond: result.requests.total / result.duration, p99Ms: result.latency.p99 };
}
