import { expect, it } from "vitest";
import { stripRequest, withoutHopByHop } from "./hop-by-hop";

it("takes a connection's own headers off a request, and those that Connection names", () => {
  const headers = {
    host: "a.example",
    connection: "keep-alive, X-Secret-Hop",
    "keep-alive": "timeout=5",
    "x-secret-hop": "1",
    te: "trailers",
    upgrade: "h2c",
    "proxy-authorization": "Basic x",
    authorization: "Bearer y",
  };
  stripRequest(headers);
  expect(headers).toEqual({ host: "a.example", authorization: "Bearer y" });
});

it("keeps the framing of a chunked body, and only chunked", () => {
  const headers = { "transfer-encoding": "gzip, chunked", connection: "transfer-encoding" };
  stripRequest(headers);
  expect(headers).toEqual({ "transfer-encoding": "chunked" });
});

it("does not let a client name the headers that frame its request", () => {
  const headers = { host: "a.example", "content-length": "5", connection: "Content-Length, Host" };
  stripRequest(headers);
  expect(headers).toEqual({ host: "a.example", "content-length": "5" });
});

it("keeps spelling, order and repetition of a response's other headers", () => {
  const raw = ["Set-Cookie", "a=1", "Connection", "close", "Set-Cookie", "b=2", "Transfer-Encoding", "chunked"];
  expect(withoutHopByHop(raw, "close")).toEqual(["Set-Cookie", "a=1", "Set-Cookie", "b=2"]);
  expect(withoutHopByHop(["X-Hop", "1", "Connection", "x-hop", "X-Stay", "1"], "x-hop")).toEqual(["X-Stay", "1"]);
});
