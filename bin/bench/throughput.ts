/** Rate and latency of one address under kept connections, by autocannon in this process. */
import autocannon from "autocannon";

export type Throughput = { perSecond: number; p99Ms: number };

/** Throws where any answer was not a success. */
export async function measureThroughput(options: {
  url: string;
  headers?: Record<string, string>;
  connections: number;
  seconds: number;
}): Promise<Throughput> {
  const { url, headers = {}, connections, seconds } = options;
  const result = await autocannon({ url, headers, connections, duration: seconds });
  const bad = result.non2xx + result.errors + result.timeouts;
  if (bad > 0) throw new Error(`${bad} of ${result.requests.total} answers of ${url} were no success`);
  return { perSecond: result.requests.total / result.duration, p99Ms: result.latency.p99 };
}
