/**
 * @typedef {{name: string, kind: string, length: number, constants: string[]}} FieldDescriptor
 * @typedef {{name: string, wireId: number, fields: FieldDescriptor[]}} ComponentDescriptor
 */

const BYTES = {
  BOOLEAN: 1, BYTE: 1, SHORT: 2, CHAR: 2, INT: 4, LONG: 8, FLOAT: 4, DOUBLE: 8, ENUM: 1, ENTITY: 8,
};
const UTF8 = new TextDecoder();

/** Text of an entity's id, block:counter, from its two halves. */
export function entityText(low, high) {
  return `${high >>> 8}:${(high & 0xff) * 0x100000000 + low}`;
}

/** What is known of components: enough to read their rows. */
export class ComponentCatalogue {
  /** @param {Iterable<ComponentDescriptor>} descriptors as GET /api/components answers */
  constructor(descriptors = []) {
    this.byName = new Map();
    this.byWireId = new Map();
    for (const descriptor of descriptors) this.add(descriptor);
  }

  /** Asks the node that served the page. */
  static async fetch(path = '/api/components') {
    const response = await fetch(path);
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return new ComponentCatalogue(await response.json());
  }

  /** @param {ComponentDescriptor} descriptor */
  add(descriptor) {
    const rowBytes = descriptor.fields.reduce((sum, field) => sum + fieldBytes(field), 0);
    const entry = { ...descriptor, rowBytes };
    this.byName.set(entry.name, entry);
    this.byWireId.set(entry.wireId, entry);
  }

  /**
   * A row's fields by name: numbers, booleans, texts, constants' names, entities as block:counter,
   * 64-bit whole numbers as bigint, arrays as arrays.
   * @param {ComponentDescriptor} descriptor
   * @param {Uint8Array} row
   */
  decode(descriptor, row) {
    const view = new DataView(row.buffer, row.byteOffset, row.byteLength);
    const values = {};
    let at = 0;
    for (const field of descriptor.fields) {
      if (field.kind === 'TEXT') {
        const length = Math.min(row[at], field.length);
        values[field.name] = UTF8.decode(row.subarray(at + 1, at + 1 + length));
      } else if (field.length === 1) {
        values[field.name] = value(field, view, at);
      } else {
        const step = BYTES[field.kind];
        values[field.name] = Array.from({ length: field.length }, (_, i) =>
          value(field, view, at + i * step));
      }
      at += fieldBytes(field);
    }
    return values;
  }
}

function fieldBytes(field) {
  return field.kind === 'TEXT' ? 1 + field.length : BYTES[field.kind] * field.length;
}

function value(field, view, at) {
  switch (field.kind) {
    case 'BOOLEAN': return view.getUint8(at) !== 0;
    case 'BYTE': return view.getInt8(at);
    case 'SHORT': return view.getInt16(at, true);
    case 'CHAR': return view.getUint16(at, true);
    case 'INT': return view.getInt32(at, true);
    case 'LONG': return view.getBigInt64(at, true);
    case 'FLOAT': return view.getFloat32(at, true);
    case 'DOUBLE': return view.getFloat64(at, true);
    case 'ENTITY': return entityText(view.getUint32(at, true), view.getUint32(at + 4, true));
    case 'ENUM': return field.constants[view.getInt8(at)] ?? view.getInt8(at);
    default: throw new Error(`component field of unknown kind ${field.kind}`);
  }
}
