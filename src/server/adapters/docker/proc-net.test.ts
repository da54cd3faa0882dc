import { expect, test } from "vitest";
import { parseListeners } from "./proc-net";

const line = (local: string, state: string) =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 123 1 0 100 0 0 10 0`;
const head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";

test("sockets that listen, on what address, each once", () => {
  const tables = [
    head,
    line("00000000:23A3", "0A"),
    line("0100007F:0BB8", "0A"),
    line("0B00007F:B4D2", "0A"),
    line("020011AC:0BB8", "01"),
    head,
    line("00000000000000000000000000000000:1F90", "0A"),
    line("00000000000000000000000001000000:0050", "0A"),
    line("0000000000000000FFFF00000100007F:0051", "0A"),
    line("B80D0120000000000000000001000000:0052", "0A"),
    line("00000000:23A3", "0A"),
  ].join("\n");
  expect(parseListeners(tables)).toEqual([
    { address: "::1", port: 80 },
    { address: "127.0.0.1", port: 81 },
    { address: "2001:0db8:0000:0000:0000:0000:0000:0001", port: 82 },
    { address: "127.0.0.1", port: 3000 },
    { address: "::", port: 8080 },
    { address: "0.0.0.0", port: 9123 },
  ]);
});

test("nothing of what is no table", () => {
  expect(parseListeners("")).toEqual([]);
  expect(parseListeners(`${head}\nnonsense`)).toEqual([]);
});
