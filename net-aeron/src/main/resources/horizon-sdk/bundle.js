import { malformed } from './frames.js';

const LENGTH_BYTES = 2;
const HEADER_BYTES = 8;
const SESSION = 1;

/**
 * The messages of what one WebSocket message holds: times (u16 length, message).
 * @param {ArrayBuffer|Uint8Array} bytes
 * @returns {Uint8Array[]} parts of the same buffer
 * @throws {ReplicationError} HZ-REP-001 when lengths aren't what they claim
 */
export function messagesOf(bytes) {
  const all = ArrayBuffer.isView(bytes) ? bytes : new Uint8Array(bytes);
  const view = new DataView(all.buffer, all.byteOffset, all.byteLength);
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
