/**
 * BuildKit's progress, as the Engine sends it: a protobuf StatusResponse in base64. Only the fields that a build log
 * needs are read; their numbers are those of moby/buildkit api/services/control/control.proto.
 */
import protobuf from "protobufjs/minimal.js";

type Reader = protobuf.Reader;
const { Reader } = protobuf;

/** A step of the build. `started` and `completed` are ms since epoch. */
export type Vertex = {
  digest: string;
  name: string;
  cached: boolean;
  started: number | null;
  completed: number | null;
  error: string;
};
export type VertexLog = { vertex: string; at: number; stream: "stdout" | "stderr"; data: Uint8Array };
export type Trace = { vertexes: Vertex[]; logs: VertexLog[]; warnings: string[] };

export function decodeTrace(base64: string): Trace {
  const trace: Trace = { vertexes: [], logs: [], warnings: [] };
  eachField(Reader.create(Buffer.from(base64, "base64")), (field, reader) => {
    if (field === 1) trace.vertexes.push(readVertex(message(reader)));
    else if (field === 3) trace.logs.push(readLog(message(reader)));
    else if (field === 4) trace.warnings.push(readWarning(message(reader)));
    else return false;
    return true;
  });
  return trace;
}

function readVertex(reader: Reader): Vertex {
  const vertex: Vertex = { digest: "", name: "", cached: false, started: null, completed: null, error: "" };
  eachField(reader, (field) => {
    if (field === 1) vertex.digest = reader.string();
    else if (field === 3) vertex.name = reader.string();
    else if (field === 4) vertex.cached = reader.bool();
    else if (field === 5) vertex.started = readTimestamp(message(reader));
    else if (field === 6) vertex.completed = readTimestamp(message(reader));
    else if (field === 7) vertex.error = reader.string();
    else return false;
    return true;
  });
  return vertex;
}

function readLog(reader: Reader): VertexLog {
  const log: VertexLog = { vertex: "", at: 0, stream: "stdout", data: new Uint8Array() };
  eachField(reader, (field) => {
    if (field === 1) log.vertex = reader.string();
    else if (field === 2) log.at = readTimestamp(message(reader));
    else if (field === 3) log.stream = Number(reader.int64()) === 2 ? "stderr" : "stdout";
    else if (field === 4) log.data = reader.bytes();
    else return false;
    return true;
  });
  return log;
}

function readWarning(reader: Reader): string {
  let text = "";
  eachField(reader, (field) => {
    if (field !== 3) return false;
    text = Buffer.from(reader.bytes()).toString();
    return true;
  });
  return text;
}

function readTimestamp(reader: Reader): number {
  let ms = 0;
  eachField(reader, (field) => {
    if (field === 1) ms += Number(reader.int64()) * 1000;
    else if (field === 2) ms += Math.floor(reader.int32() / 1e6);
    else return false;
    return true;
  });
  return ms;
}

/** Calls `take` with each field's number; a field that it does not take is skipped. */
function eachField(reader: Reader, take: (field: number, reader: Reader) => boolean): void {
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (!take(tag >>> 3, reader)) reader.skipType(tag & 7);
  }
}

function message(reader: Reader): Reader {
  return Reader.create(reader.bytes());
}
