/** Whether a request says how long its body is, and that is not too long: what is read whole must fit into memory. */
export function isBounded(headers: Headers, largestBytes: number): boolean {
  const length = headers.get("content-length");
  return length !== null && /^\d+$/.test(length) && Number(length) <= largestBytes;
}
