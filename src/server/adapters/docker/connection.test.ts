import { describe, expect, test } from "vitest";
import { isLocalHost, openConnection } from "./connection";

describe("openConnection", () => {
  test("a socket's path, or a host and a port", () => {
    expect(openConnection("unix:///run/x.sock").modem).toMatchObject({ socketPath: "/run/x.sock" });
    expect(openConnection("tcp://engine.example:2400").modem).toMatchObject({ host: "engine.example", port: 2400 });
    expect(openConnection("tcp://engine.example").modem).toMatchObject({ port: 2375 });
    expect(openConnection(null).modem).toMatchObject({ socketPath: expect.stringMatching(/docker\.sock$/) });
  });

  test.each(["", "engine", "http://engine", "tcp://"])("%j is refused with how it should look", (host) => {
    expect(() => openConnection(host)).toThrow(
      expect.objectContaining({ fix: expect.stringContaining("unix:///path") }),
    );
  });
});

test("only sockets are this machine's own", () => {
  expect([null, "unix:///x", "tcp://127.0.0.1:2375"].map(isLocalHost)).toEqual([true, true, false]);
});
