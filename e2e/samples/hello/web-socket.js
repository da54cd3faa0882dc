// An echo over WebSocket (RFC 6455), small enough to need no library.
import { createHash } from "node:crypto";

const sockets = new Set();
const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 };
const longestMessageBytes = 1_048_576;

export function acceptWebSocket(request, socket, head) {
  const key = request.headers["sec-websocket-key"];
  if (key === undefined) return socket.end("HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n");
  const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`,
  );
  sockets.add(socket);
  socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
  let pending = head;
  const message = { opcode: 0, parts: [] };
  const read = (data) => {
    pending = Buffer.concat([pending, data]);
    for (let frame = takeFrame(pending); frame !== null; frame = takeFrame(pending)) {
      if (frame === "too long") return close(socket, 1009);
      pending = pending.subarray(frame.length);
      answer(socket, message, frame);
    }
  };
  socket.on("data", read);
  read(Buffer.alloc(0));
}

/** 1001: this version goes away; the page connects anew and reaches the next one. */
export function closeWebSockets() {
  for (const socket of sockets) close(socket, 1001);
}

function answer(socket, message, { final, opcode, payload }) {
  if (opcode === opcodes.ping) return send(socket, opcodes.pong, payload);
  if (opcode === opcodes.close) return close(socket, payload.length >= 2 ? payload.readUInt16BE() : 1000);
  if (opcode === opcodes.pong) return;
  if (opcode !== opcodes.continuation) Object.assign(message, { opcode, parts: [] });
  message.parts.push(payload);
  if (message.parts.reduce((sum, part) => sum + part.length, 0) > longestMessageBytes) return close(socket, 1009);
  if (final) send(socket, message.opcode, Buffer.concat(message.parts));
}

function takeFrame(data) {
  if (data.length < 2) return null;
  const short = data[1] & 0x7f;
  const start = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (data.length < start + 4) return null;
  const size = short === 126 ? data.readUInt16BE(2) : short === 127 ? Number(data.readBigUInt64BE(2)) : short;
  if (size > longestMessageBytes) return "too long";
  const length = start + 4 + size;
  if (data.length < length) return null;
  const payload = Buffer.from(data.subarray(start + 4, length));
  for (let index = 0; index < size; index++) payload[index] ^= data[start + (index % 4)];
  return { final: (data[0] & 0x80) !== 0, opcode: data[0] & 0x0f, payload, length };
}

function send(socket, opcode, payload) {
  const size = payload.length;
  const head = Buffer.alloc(size < 126 ? 2 : size < 65_536 ? 4 : 10);
  head[0] = 0x80 | opcode;
  head[1] = size < 126 ? size : size < 65_536 ? 126 : 127;
  if (head.length === 4) head.writeUInt16BE(size, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(size), 2);
  socket.write(Buffer.concat([head, payload]));
}

function close(socket, code) {
  const payload = Buffer.alloc(2);
  payload.writeUInt16BE(code);
  send(socket, opcodes.close, payload);
  socket.end();
}
