/** Applies the lean rows of checked Glances to the slots that they name. */
import { packedFine, packedPart } from './flight.js';
import { patchEnd, unpackAttitude } from './frames.js';
import { correct, eachEntry, fly, heldSlot, motionAt, putRow, steer, turnOf } from './rows.js';

/** A step that names no handle, but goes on by as much. */
const SKIP = 255;
const SPIN_STEP = 2 ** -12;
const PLACE_BASE = 11;
const VELOCITY_BASE = 147;

/** Calls with handle and offset of each row of a group. */
function eachRow(view, group, read) {
  let handle = -1;
  eachEntry(group, (at) => {
    const step = view.getUint8(at);
    handle += step;
    if (step !== SKIP) read(++handle, at + 1);
  });
}

/**
 * @param channel what is held near, by handle
 * @param message a Glance, with its whole tick
 * @param {number[]} origin of the latest View that had one
 */
export function applyGlance(channel, message, origin, tickHz, catalogue) {
  const { view, tick } = message;
  const offset = [0, 0, 0];
  eachRow(view, message.nudged, (handle, at) => {
    const packed = view.getUint16(at, true);
    for (let axis = 0; axis < 3; axis++) offset[axis] = ((packed >>> (5 * axis)) & 31) - 16;
    const slot = heldSlot(channel, handle);
    correct(slot, slot.steps, offset, tick, tickHz);
  });
  eachRow(view, message.kicked, (handle, at) => {
    let rest = view.getUint32(at, true);
    const next = (base) => {
      const digit = rest % base;
      rest = Math.floor(rest / base);
      return digit - (base - 1) / 2;
    };
    for (let axis = 0; axis < 3; axis++) offset[axis] = next(PLACE_BASE);
    const slot = heldSlot(channel, handle);
    correct(slot, slot.steps, offset, tick, tickHz);
    for (let axis = 0; axis < 3; axis++) {
      slot.motion[3 + axis] += next(VELOCITY_BASE) * slot.steps.kick;
    }
    pull(slot, view.getUint32(at + 4, true));
  });
  eachRow(view, message.settled, (handle, at) => {
    const slot = heldSlot(channel, handle);
    const motion = motionAt(slot, tick);
    for (let axis = 0; axis < 3; axis++) {
      motion[axis] = origin[axis] + view.getInt16(at + 2 * axis, true) * slot.steps.settled;
      motion[3 + axis] = view.getInt16(at + 6 + 2 * axis, true) * slot.steps.settledVelocity;
    }
    pull(slot, view.getUint32(at + 12, true));
  });
  eachRow(view, message.turned, (handle, at) => {
    const turn = turnOf(heldSlot(channel, handle), tick);
    const spin = view.getUint32(at + 4, true);
    unpackAttitude(view.getUint32(at, true), turn);
    for (let axis = 0; axis < 3; axis++) turn[4 + axis] = packedPart(spin, axis) * SPIN_STEP;
  });
  for (const { componentId, rowBytes, at, end } of message.components) {
    const rows = { at, entryBytes: rowBytes + 1, count: (end - at) / (rowBytes + 1) };
    eachRow(view, rows, (handle, from) =>
      putRow(heldSlot(channel, handle), catalogue, componentId, rowBytes, view, from));
  }
  applyFlights(channel, message, origin, tickHz);
  for (const patch of message.patched) applyPatch(channel, patch, view, catalogue);
}

function applyFlights(channel, message, origin, tickHz) {
  const { view, tick } = message;
  const named = (at) => heldSlot(channel, view.getUint16(at, true));
  eachEntry(message.stripped, (at) => named(at).rows.delete(view.getUint16(at + 2, true)));
  eachRow(view, message.steered, (handle, at) => {
    const slot = heldSlot(channel, handle);
    const [x, y, z, more] = [0, 1, 2, 3].map((i) => view.getUint8(at + i));
    const spin = packedFine(
      view.getUint8(at + 4), view.getUint8(at + 5), view.getUint8(at + 6), more >> 2);
    steer(slot, slot.steps, tick, more >> 4, packedFine(x, y, z, more), spin);
  });
  eachEntry(message.guided, (at) => {
    const slot = named(at);
    steer(slot, slot.steps, tick, 1, view.getUint32(at + 2, true), view.getUint32(at + 6, true));
  });
  eachEntry(message.flown, (at) => {
    const slot = named(at);
    const numbers = [];
    for (let axis = 0; axis < 3; axis++) {
      numbers[axis] = origin[axis] + view.getInt16(at + 3 + 2 * axis, true) * slot.steps.grid;
      numbers[3 + axis] = view.getInt16(at + 9 + 2 * axis, true) * slot.steps.speed;
    }
    fly(slot, tick - view.getUint8(at + 2), tickHz, numbers, view, at + 15);
  });
}

/** Replaces some bytes of rows; of a row that isn't held, the others are zero. */
function applyPatch(channel, { componentId, rowBytes, maskBytes, at, end }, view, catalogue) {
  let handle = -1;
  for (let from = at; from < end; from = patchEnd(view, from, maskBytes)) {
    const step = view.getUint8(from);
    handle += step;
    if (step === SKIP) continue;
    handle++;
    const slot = heldSlot(channel, handle);
    const row = new Uint8Array(rowBytes);
    const before = slot.rows.get(componentId)?.row;
    if (before?.length === rowBytes) row.set(before);
    let next = from + 1 + maskBytes;
    for (let i = 0; i < rowBytes; i++) {
      if (view.getUint8(from + 1 + (i >> 3)) & (1 << (i & 7))) row[i] = view.getUint8(next++);
    }
    putRow(slot, catalogue, componentId, rowBytes, new DataView(row.buffer), 0);
  }
}

function pull(slot, packed) {
  for (let axis = 0; axis < 3; axis++) {
    slot.motion[6 + axis] = packedPart(packed, axis) * slot.steps.acceleration;
  }
}
