import { malformed } from './frames.js';

const LENGTH_BYTES = 2;
const HEADER_BYTES = 8;
const REPLICATION = 2;
const SESSION = 1;

/**
 * The messages of what one WebSocket message holds: times (u16 length, message). A message that
 * stands bare, as gateways before protocol version 1 sent it, is returned as it is.
 * @param {ArrayBuffer|Uint8Array} bytes
 * @returns {Uint8Array[]} parts of the same buffer
 * @throws {ReplicationError} HZ-REP-001 when lengths aren't what they claim
 */
export function messagesOf(bytes) {
  const all = ArrayBuffer.isView(bytes) ? bytes : new Uint8Array(bytes);
  const view = new DataView(all.buffer, all.byteOffset, all.byteLength);
  if (isBare(view)) return [all];
  const messages = [];
  for (let at = 0; at < view.byteLength;) {
    if (at + LENGTH_BYTES > view.byteLength) throw malformed('a bundle ends within a length');
    const from = at + LENGTH_BYTES;
    at = from + view.getUint16(at, true);
    if (at > view.byteLength) throw malformed('a bundle ends within a message');
    messages.push(all.subarray(from, at));
  }
  return messages;
}

/** True for a message of a session rather than of what is replicated. */
export function isOfSession(message) {
  return message.length >= HEADER_BYTES && (message[4] | (message[5] << 8)) === SESSION;
}

function isBare(view) {
  if (view.byteLength < HEADER_BYTES || schemaAt(view, 6) === REPLICATION) return false;
  const schema = schemaAt(view, 4);
  return (schema === REPLICATION || schema === SESSION)
    && view.getUint16(0, true) + HEADER_BYTES <= view.byteLength;
}

function schemaAt(view, at) { return view.getUint16(at, true); }
