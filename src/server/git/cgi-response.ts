/** Reads the head of a CGI answer (RFC 3875 section 6.3) and hands on the body as it comes. */
import type { Readable } from "node:stream";

export type CgiHead = { status: number; headers: [name: string, value: string][] };

const longestHeadBytes = 16_384;

/** Takes the head off the stream and leaves the body in it. Rejects where the stream ends or breaks before the head does. */
export function readCgiHead(stream: Readable): Promise<CgiHead> {
  return new Promise((resolve, reject) => {
    let head = Buffer.alloc(0);
    const finish = (settle: () => void) => {
      stream.off("readable", read).off("end", end).off("error", reject);
      settle();
    };
    const end = () => finish(() => reject(new Error("the CGI program ended without an answer")));
    const read = () => {
      for (let chunk: Buffer | null = stream.read(); chunk !== null; chunk = stream.read()) {
        head = Buffer.concat([head, chunk]);
        const split = /\r?\n\r?\n/.exec(head.toString("latin1"));
        if (split) {
          const body = head.subarray(split.index + split[0].length);
          const text = head.subarray(0, split.index).toString("latin1");
          if (body.length > 0) stream.unshift(body);
          return finish(() => resolve(parseCgiHead(text)));
        }
        if (head.length > longestHeadBytes) return finish(() => reject(new Error("the CGI head is too long")));
      }
    };
    stream.on("readable", read).on("end", end).on("error", reject);
  });
}

function parseCgiHead(text: string): CgiHead {
  const headers: CgiHead["headers"] = [];
  let status = 200;
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon < 1) continue;
    const [name, value] = [line.slice(0, colon), line.slice(colon + 1).trim()];
    if (name.toLowerCase() === "status") status = Number.parseInt(value, 10) || 500;
    else headers.push([name, value]);
  }
  return { status, headers };
}
