/** Binary messages of a client (session schema, little-endian), for those that don't send envelopes. */

const SCHEMA_ID = 1;
const SCHEMA_VERSION = 5;
const HEADER_BYTES = 8;
/** From 1 on, binary messages of the server are bundles; from 2 on, Glances; from 3 on, audiences and flights. */
export const PROTOCOL_VERSION = 3;
const UTF8 = new TextEncoder();

function message(templateId, blockBytes, parts) {
  const bytes = new Uint8Array(
    HEADER_BYTES + blockBytes + parts.reduce((sum, part) => sum + part.length, 0));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, blockBytes, true);
  view.setUint16(2, templateId, true);
  view.setUint16(4, SCHEMA_ID, true);
  view.setUint16(6, SCHEMA_VERSION, true);
  let at = HEADER_BYTES + blockBytes;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes, view };
}

function varText(text) {
  const utf8 = UTF8.encode(text);
  const part = new Uint8Array(2 + utf8.length);
  new DataView(part.buffer).setUint16(0, utf8.length, true);
  part.set(utf8, 2);
  return part;
}

function varBytes(payload) {
  const part = new Uint8Array(4 + payload.length);
  new DataView(part.buffer).setUint32(0, payload.length, true);
  part.set(payload, 4);
  return part;
}

/** Who plays: a login ticket, or a resume ticket instead. */
export function encodeHello({ player, ticket = '', resume = '', protocolVersion = PROTOCOL_VERSION }) {
  const { bytes, view } = message(1, 2, [varText(player), varText(ticket), varText(resume)]);
  view.setUint16(HEADER_BYTES, protocolVersion, true);
  return bytes;
}

/** Continuous control: the latest of a tick counts. */
export function encodeInput(sequence, eventType, payload) {
  return sequenced(2, sequence, eventType, payload);
}

/** One event, in order. */
export function encodeEvent(sequence, eventType, payload) {
  return sequenced(3, sequence, eventType, payload);
}

function sequenced(templateId, sequence, eventType, payload) {
  const { bytes, view } = message(templateId, 6, [varBytes(payload)]);
  view.setUint32(HEADER_BYTES, sequence, true);
  view.setUint16(HEADER_BYTES + 4, eventType, true);
  return bytes;
}

/** @param {bigint} clientTime comes back in the pong */
export function encodePing(clientTime) {
  const { bytes, view } = message(4, 8, []);
  view.setBigUint64(HEADER_BYTES, clientTime, true);
  return bytes;
}

/** Sixteen bits that stand for an event a client sends: a function of its names alone. */
export function eventTypeId(namespace, event, direction = 'FROM_CLIENT') {
  let hash = 0;
  for (const char of `${direction}/${namespace}/${event}`) {
    hash = (Math.imul(hash, 31) + char.charCodeAt(0)) | 0;
  }
  return (hash ^ (hash >>> 16)) & 0xffff;
}

/**
 * An event's payload: its fields in order, as the gateway's catalogue describes them.
 * @param {{name: string, kind: string, constants?: string[], list?: boolean, fields?: object[]}[]} fields
 * @param {object} data numbers, booleans, texts, constants' names, entities as block:counter, LONG as
 *   bigint or whole number, lists as arrays, records as objects
 */
export function encodePayload(fields, data) {
  const bytes = [];
  for (const field of fields) {
    const value = data[field.name];
    if (value === undefined) throw new TypeError(`${field.name} is missing`);
    if (field.list) {
      bytes.push(...numberBytes(2, (view) => view.setUint16(0, value.length, true)));
      for (const each of value) bytes.push(...valueBytes(field, each));
    } else {
      bytes.push(...valueBytes(field, value));
    }
  }
  return Uint8Array.from(bytes);
}

function valueBytes(field, value) {
  switch (field.kind) {
    case 'BOOLEAN': return [value ? 1 : 0];
    case 'INT': return numberBytes(4, (view) => view.setInt32(0, value, true));
    case 'LONG': return numberBytes(8, (view) => view.setBigInt64(0, BigInt(value), true));
    case 'FLOAT': return numberBytes(4, (view) => view.setFloat32(0, value, true));
    case 'DOUBLE': return numberBytes(8, (view) => view.setFloat64(0, value, true));
    case 'TEXT': return varText(value);
    case 'ENUM': {
      const ordinal = field.constants.indexOf(value);
      if (ordinal < 0) throw new TypeError(`${field.name} has no ${value}`);
      return [ordinal];
    }
    case 'ENTITY': {
      const [block, counter] = value.split(':').map(BigInt);
      return numberBytes(8, (view) => view.setBigUint64(0, (block << 40n) | counter, true));
    }
    case 'RECORD': return encodePayload(field.fields, value);
    default: throw new TypeError(`${field.name} is of unknown kind ${field.kind}`);
  }
}

function numberBytes(count, write) {
  const bytes = new Uint8Array(count);
  write(new DataView(bytes.buffer));
  return bytes;
}
