/** Applies the rows of checked messages to the slots that they name. */
import { extrapolateAxis } from './extrapolation.js';
import { Flight } from './flight.js';
import { malformed, ReplicationError, unpackAttitude } from './frames.js';

const SPIN_STEP = 2 ** -12;
/** Components that one entity may have at one tier; more are refused. */
const COMPONENTS_MAX = 256;

export function contradiction(why) { return new ReplicationError('HZ-REP-002', why); }

/** Calls with the offset of each entry of a group. */
export function eachEntry(group, read) {
  for (let i = 0, at = group.at; i < group.count; i++, at += group.entryBytes) read(at);
}

/** The slot of this number. */
export function heldSlot(channel, number) {
  const slot = channel.slots.get(number);
  if (slot === undefined) throw contradiction(`slot ${number} is not held`);
  return slot;
}

/** Rows of a frame that say where things are, but for corrections. */
export function applyPlaces(channel, frame) {
  const { view, steps } = frame;
  const centre = [channel.cellX, channel.cellY, channel.cellZ].map(
    (index) => (index + 0.5) * frame.cellEdge);
  const motionOf = (at) => motionAt(heldSlot(channel, view.getUint16(at, true)), frame.tick);
  const narrow = (at, moves, drives) => {
    const motion = motionOf(at);
    for (let axis = 0; axis < 3; axis++) {
      motion[axis] = centre[axis] + view.getInt16(at + 2 + 2 * axis, true) * steps.place;
      motion[3 + axis] = moves ? view.getInt16(at + 8 + 2 * axis, true) * steps.velocity : 0;
      motion[6 + axis] = drives ? view.getInt16(at + 14 + 2 * axis, true) * steps.acceleration : 0;
    }
  };
  eachEntry(frame.resting, (at) => narrow(at, false, false));
  eachEntry(frame.coasting, (at) => narrow(at, true, false));
  eachEntry(frame.driven, (at) => narrow(at, true, true));
  eachEntry(frame.wide, (at) => {
    const motion = motionOf(at);
    for (let axis = 0; axis < 3; axis++) {
      motion[axis] = centre[axis] + view.getInt32(at + 2 + 4 * axis, true) * steps.place;
      motion[3 + axis] = view.getFloat32(at + 14 + 4 * axis, true);
      motion[6 + axis] = view.getFloat32(at + 26 + 4 * axis, true);
    }
  });
}

/** Whole tracks of a view. */
export function applyTracks(channel, message) {
  const { view } = message;
  eachEntry(message.placed, (at) => {
    const slot = heldSlot(channel, view.getUint16(at, true));
    const motion = motionAt(slot, message.tick - view.getUint32(at + 2, true));
    for (let axis = 0; axis < 3; axis++) {
      motion[axis] = view.getFloat64(at + 6 + 8 * axis, true);
      motion[3 + axis] = view.getFloat64(at + 30 + 8 * axis, true);
      motion[6 + axis] = view.getFloat32(at + 54 + 4 * axis, true);
    }
    if (!motion.every(Number.isFinite)) throw malformed('a track is nowhere');
  });
}

/** Moves a slot's track on to a tick, and corrects its place. */
export function correct(slot, steps, offset, tick, tickHz) {
  if (slot.motion === null || slot.flight !== null) {
    throw contradiction('a correction of what has no place, or flies');
  }
  const m = slot.motion;
  const seconds = (tick - slot.motionTick) / tickHz;
  for (let axis = 0; axis < 3; axis++) {
    m[axis] = extrapolateAxis(m[axis], m[3 + axis], m[6 + axis], seconds)
      + offset[axis] * steps.place;
    m[3 + axis] += m[6 + axis] * seconds;
  }
  slot.motionTick = tick;
}

/** Rows that move on what is held: nudged and kicked, of frames and views alike. */
export function applyCorrections(channel, message, tickHz) {
  const { view, tick } = message;
  const offset = [0, 0, 0];
  const move = (at) => {
    const slot = heldSlot(channel, view.getUint16(at, true));
    for (let axis = 0; axis < 3; axis++) offset[axis] = view.getInt8(at + 2 + axis);
    correct(slot, slot.steps ?? message.steps, offset, tick, tickHz);
    return slot;
  };
  eachEntry(message.nudged, move);
  eachEntry(message.kicked, (at) => {
    const slot = move(at);
    const steps = slot.steps ?? message.steps;
    for (let axis = 0; axis < 3; axis++) {
      slot.motion[3 + axis] += view.getInt8(at + 5 + axis) * steps.kick;
      slot.motion[6 + axis] = view.getInt16(at + 8 + 2 * axis, true) * steps.acceleration;
    }
  });
}

/** Attitudes; those of the group `faced` carry an age. */
export function applyTurns(channel, message) {
  const { view } = message;
  const turn = (at, attitudeAt, tick) => {
    const turned = turnOf(heldSlot(channel, view.getUint16(at, true)), tick);
    unpackAttitude(view.getUint32(attitudeAt, true), turned);
    for (let axis = 0; axis < 3; axis++) {
      turned[4 + axis] = view.getInt16(attitudeAt + 4 + 2 * axis, true) * SPIN_STEP;
    }
  };
  if (message.faced !== undefined) {
    eachEntry(message.faced, (at) =>
      turn(at, at + 6, message.tick - view.getUint32(at + 2, true)));
  }
  eachEntry(message.turned, (at) => turn(at, at + 2, message.tick));
}

/** Component rows, and components that are no more. */
export function applyComponents(channel, message, catalogue) {
  const { view } = message;
  eachEntry(message.stripped, (at) => {
    heldSlot(channel, view.getUint16(at, true)).rows.delete(view.getUint16(at + 2, true));
  });
  for (const { componentId, rowBytes, at, end } of message.components) {
    for (let row = at; row < end; row += rowBytes + 2) {
      const slot = heldSlot(channel, view.getUint16(row, true));
      putRow(slot, catalogue, componentId, rowBytes, view, row + 2);
    }
  }
}

/** Keeps a component's row. */
export function putRow({ rows }, catalogue, componentId, rowBytes, view, at) {
  const descriptor = catalogue.byWireId.get(componentId);
  if (descriptor !== undefined && descriptor.rowBytes !== rowBytes) {
    throw contradiction(
      `rows of ${descriptor.name} have ${rowBytes} bytes, not ${descriptor.rowBytes}: reload the page`);
  }
  if (rows.size >= COMPONENTS_MAX && !rows.has(componentId)) {
    throw contradiction('an entity has more components than fit');
  }
  const from = view.byteOffset + at;
  rows.set(componentId, {
    row: new Uint8Array(view.buffer.slice(from, from + rowBytes)), value: undefined,
  });
}

/** Rows of what is steered, of frames and views alike; those of views carry an age. */
export function applyFlights(channel, message, tickHz) {
  const { view, tick } = message;
  eachEntry(message.steered, (at) => {
    const slot = heldSlot(channel, view.getUint16(at, true));
    steer(slot, slot.steps ?? message.steps, tick, view.getUint8(at + 10),
      view.getUint32(at + 2, true), view.getUint32(at + 6, true));
  });
  const isView = message.placed !== undefined;
  eachEntry(message.flown, (at) => {
    const slot = heldSlot(channel, view.getUint16(at, true));
    const from = at + (isView ? 6 : 2);
    const numbers = [0, 8, 16].map((offset) => view.getFloat64(from + offset, true));
    for (let axis = 0; axis < 3; axis++) numbers.push(view.getFloat32(from + 24 + 4 * axis, true));
    if (!numbers.every(Number.isFinite)) throw malformed('a flight is nowhere');
    const age = isView ? view.getUint32(at + 2, true) : 0;
    fly(slot, tick - age, tickHz, numbers, view, from + 36);
  });
}

/** New controls of what flies. */
export function steer(slot, steps, tick, age, thrust, spin) {
  if (slot.flight === null || !slot.flight.steer(tick, age, thrust, spin, steps)) {
    throw contradiction("what doesn't fly is steered");
  }
  flown(slot, slot.flight);
}

/** All of a flight; attitude, turn, thrust, spin and ramp stand at an offset. */
export function fly(slot, tick, tickHz, numbers, view, at) {
  const flight = slot.flight ?? new Flight();
  flight.begin(tick, tickHz, numbers, view.getUint32(at, true), view.getUint32(at + 4, true),
    view.getUint32(at + 8, true), view.getUint32(at + 12, true), view.getUint16(at + 16, true));
  flown(slot, flight);
}

/** The slot's place and attitude are those of the flight's last row. */
function flown(slot, flight) {
  flight.track(motionAt(slot, flight.tick));
  flight.turn(turnOf(slot, flight.tick));
  slot.flight = flight;
}

/** What a slot's attitude is put into. */
export function turnOf(slot, tick) {
  slot.turn ??= new Float64Array(7);
  slot.turnTick = tick;
  return slot.turn;
}

export function motionAt(slot, tick) {
  slot.motion ??= new Float64Array(9);
  slot.motionTick = tick;
  slot.flight = null;
  return slot.motion;
}
