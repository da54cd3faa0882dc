/** What is under way at a cutover: a response of ten seconds, an event stream and a WebSocket, watched to their end. */
import type { IncomingMessage } from "node:http";
import { text as readText } from "node:stream/consumers";
import { WebSocket } from "ws";
import { type Address, open } from "@/testing/traffic";

export type WatchedStreams = {
  /** Resolves when all three are over, with what was wrong. */
  failures(): Promise<string[]>;
};

/** Opens them while `version` answers. The long response must come whole; the others may last until they are drained. */
export async function watchStreams(address: Address, hostName: string, version: string): Promise<WatchedStreams> {
  const slow = await open(address, hostName, "/slow");
  const events = await open(address, hostName, "/events");
  const socket = new WebSocket(`ws://${address.host}:${address.port}/socket`, { headers: { host: hostName } });
  const endings = [endOfSlow(slow, version), endOfEvents(events, version), endOfSocket(socket, version)];
  return {
    async failures() {
      const found = await Promise.all(endings);
      return found.filter((failure) => failure !== null);
    },
  };
}

async function endOfSlow(response: IncomingMessage, version: string): Promise<string | null> {
  const whole = Array.from({ length: 100 }, (_, part) => `${version} ${part}\n`).join("");
  try {
    return (await readText(response)) === whole ? null : "the long response was not whole";
  } catch (error) {
    return `the long response broke off: ${String(error)}`;
  }
}

/** Ends by being drained: cut after the grace, or closed with the old release. What counts is that it ran until then. */
function endOfEvents(response: IncomingMessage, version: string): Promise<string | null> {
  return new Promise((resolve) => {
    let received = "";
    response.setEncoding("utf8");
    response.on("data", (text: string) => {
      received += text;
    });
    response.on("error", () => {});
    response.once("close", () => {
      const foreign = received.split("\n").some((line) => line.startsWith("data: ") && line !== `data: ${version}`);
      if (received === "") resolve("the event stream carried nothing");
      else resolve(foreign ? "the event stream changed its version" : null);
    });
  });
}

function endOfSocket(socket: WebSocket, version: string): Promise<string | null> {
  return new Promise((resolve) => {
    let messages = 0;
    let foreign = false;
    socket.on("message", (data) => {
      messages += 1;
      foreign ||= String(data) !== version;
    });
    socket.on("error", () => {});
    socket.once("close", () => {
      if (messages === 0) resolve("the WebSocket carried nothing");
      else resolve(foreign ? "the WebSocket changed its version" : null);
    });
  });
}
