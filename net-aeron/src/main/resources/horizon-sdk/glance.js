/** Applies the lean rows of checked Glances to the slots that they name. */
import { unpackAttitude } from './frames.js';
import { correct, eachEntry, heldSlot, motionAt, putRow, turnOf } from './rows.js';

/** A step that names no handle, but goes on by as much. */
const SKIP = 255;
const SPIN_STEP = 2 ** -12;
const PLACE_BASE = 11;
const VELOCITY_BASE = 147;

/** One of three numbers in 32 bits, in steps of a Frame's rows. */
export function packedPart(packed, axis) {
  const scale = 4 ** ((packed >>> 30) + 1);
  return (((packed >>> (10 * axis)) & 0x3ff) - 512) * scale;
}

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
}

function pull(slot, packed) {
  for (let axis = 0; axis < 3; axis++) {
    slot.motion[6 + axis] = packedPart(packed, axis) * slot.steps.acceleration;
  }
}
