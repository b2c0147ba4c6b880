import { ComponentCatalogue, entityText } from './components.js';
import { extrapolateAttitude, extrapolateAxis } from './extrapolation.js';
import {
  BEACON, channelOf, FORGET, KEYFRAME, MORE, parseMessage, ReplicationError, SIZE_CLASSES, TIERS,
  unpackAttitude,
} from './frames.js';

const SPIN_STEP = 2 ** -12;

/** What one channel told of one entity. */
class Slot {
  constructor(channel, entity) {
    this.channel = channel;
    this.entity = entity;
    this.generation = 0;
    this.sizeClass = 0;
    this.radius = 0;
    this.parent = null;
    this.enteredTick = 0;
    /** x, y, z, vx, vy, vz, ax, ay, az */
    this.motion = null;
    this.motionTick = 0;
    /** qx, qy, qz, qw, wx, wy, wz */
    this.turn = null;
    this.turnTick = 0;
    /** wire id -> {row, value} */
    this.rows = new Map();
  }

  /** Nearest tier first; within one, the later one; the channel's id settles the rest. */
  isNearerThan(other) {
    if (this.channel.tier !== other.channel.tier) return this.channel.tier < other.channel.tier;
    if (this.enteredTick !== other.enteredTick) return this.enteredTick > other.enteredTick;
    return BigInt.asIntN(64, this.channel.id) > BigInt.asIntN(64, other.channel.id);
  }
}

/** An entity that at least one channel holds. */
class Entity {
  constructor(id, replica) {
    /** @type {string} block:counter */
    this.id = id;
    this.replica = replica;
    /** @type {Slot[]} nearest first */
    this.slots = [];
  }

  /** Name of the nearest tier that holds it. */
  get tier() { return TIERS[this.slots[0].channel.tier]; }

  get sizeClass() { return SIZE_CLASSES[this.slots[0].sizeClass & 3]; }

  /** Metres, of its bounding sphere; 0 for what has no size. */
  get radius() { return this.slots[0].radius; }

  /** The entity that carries it, or null. */
  get parent() { return this.slots[0].parent; }

  /** True when the channel that it is known from lost something since. */
  get stale() { return !this.slots[0].channel.whole; }

  /** A component's fields by name, or undefined; the same object until a newer row comes. */
  component(name) {
    const descriptor = this.replica.components.byName.get(name);
    if (descriptor === undefined) return undefined;
    for (const slot of this.slots) {
      const held = slot.rows.get(descriptor.wireId);
      if (held !== undefined) {
        if (held.row.length !== descriptor.rowBytes) return undefined;
        held.value ??= this.replica.components.decode(descriptor, held.row);
        return held.value;
      }
    }
    return undefined;
  }

  /** Names of the components that are known. */
  get componentNames() {
    const names = new Set();
    for (const slot of this.slots) {
      for (const wireId of slot.rows.keys()) {
        const descriptor = this.replica.components.byWireId.get(wireId);
        if (descriptor !== undefined) names.add(descriptor.name);
      }
    }
    return [...names];
  }

  placed() { return this.slots.find((slot) => slot.motion !== null); }

  turned() { return this.slots.find((slot) => slot.turn !== null); }
}

class Channel {
  constructor(id) {
    this.id = id;
    Object.assign(this, channelOf(id));
    this.whole = false;
    this.sequence = 0;
    this.lastTick = 0;
    /** @type {Map<number, Slot>} */
    this.slots = new Map();
    /** What a keyframe replaces, kept until its last frame so that entities don't flicker. */
    this.replaced = [];
  }
}

/**
 * What a client knows of the world: applies messages of the replication schema by the receiver's
 * rules of docs/replication.md, and merges what several channels say of one entity.
 */
export class Replica {
  /**
   * @param {object} [options]
   * @param {number} [options.tickHz] ticks a second
   * @param {ComponentCatalogue} [options.components] to read component rows by
   * @param {(entity: Entity) => void} [options.onEnter]
   * @param {(entity: Entity, gone: boolean) => void} [options.onLeave] gone: removed from the world
   * @param {(channelId: bigint) => void} [options.onGap] a channel lost something
   */
  constructor({ tickHz = 20, components, onEnter, onLeave, onGap } = {}) {
    this.tickHz = tickHz;
    this.components = components ?? new ComponentCatalogue();
    this.onEnter = onEnter ?? (() => {});
    this.onLeave = onLeave ?? (() => {});
    this.onGap = onGap ?? (() => {});
    /** @type {Map<bigint, Channel>} */
    this.channels = new Map();
    /** @type {Map<string, Entity>} */
    this.byId = new Map();
    this.lastTick = 0;
    this.gaps = 0;
    this.framesApplied = 0;
    this.framesIgnored = 0;
  }

  /** All entities that are held. */
  entities() { return this.byId.values(); }

  /** @param {string} id block:counter */
  find(id) { return this.byId.get(id); }

  /** Drops everything: after a new connection, all comes afresh. */
  reset() {
    for (const channel of [...this.channels.values()]) this.drop(channel);
    this.lastTick = 0;
  }

  /**
   * Applies one message.
   * @param {ArrayBuffer|Uint8Array} bytes header included
   * @returns {boolean} true when it changed something
   * @throws {ReplicationError}
   */
  apply(bytes) {
    const message = parseMessage(bytes);
    this.lastTick = Math.max(this.lastTick, message.tick);
    switch (message.template) {
      case BEACON:
        this.beacon(message);
        return false;
      case FORGET: {
        const channel = this.channels.get(message.channelId);
        if (channel !== undefined) this.drop(channel);
        return channel !== undefined;
      }
      default:
        return this.frame(message);
    }
  }

  /**
   * Where an entity is at a tick, or null where it has no place of its own.
   * @param {Entity} entity
   * @param {number} tick may have a fraction
   * @param {object} [out] is filled and returned; a new object by default
   */
  place(entity, tick, out = {}) {
    const slot = entity.placed();
    if (slot === undefined) return null;
    const seconds = (tick - slot.motionTick) / this.tickHz;
    const m = slot.motion;
    out.x = extrapolateAxis(m[0], m[3], m[6], seconds);
    out.y = extrapolateAxis(m[1], m[4], m[7], seconds);
    out.z = extrapolateAxis(m[2], m[5], m[8], seconds);
    out.vx = m[3] + m[6] * seconds;
    out.vy = m[4] + m[7] * seconds;
    out.vz = m[5] + m[8] * seconds;
    const turned = entity.turned();
    if (turned === undefined) {
      out.qx = out.qy = out.qz = 0;
      out.qw = 1;
    } else {
      extrapolateAttitude(turned.turn, (tick - turned.turnTick) / this.tickHz, out);
    }
    return out;
  }

  frame(frame) {
    let channel = this.channels.get(frame.channelId);
    if (channel === undefined) {
      channel = new Channel(frame.channelId);
      this.channels.set(frame.channelId, channel);
    }
    const keyframe = (frame.flags & KEYFRAME) !== 0;
    const ahead = (frame.sequence - channel.sequence) | 0;
    if (keyframe ? frame.tick < channel.lastTick : ahead !== 1 || !channel.whole) {
      this.framesIgnored++;
      if (!keyframe && (!channel.whole || ahead > 1)) this.miss(channel);
      return false;
    }
    try {
      if (keyframe) {
        for (const slot of channel.slots.values()) channel.replaced.push(slot);
        channel.slots.clear();
        channel.whole = true;
      }
      this.rows(channel, frame);
    } catch (error) {
      this.miss(channel);
      throw error;
    } finally {
      channel.sequence = frame.sequence;
      channel.lastTick = frame.tick;
      if ((frame.flags & MORE) === 0) this.dropReplaced(channel);
    }
    this.framesApplied++;
    return true;
  }

  miss(channel) {
    if (channel.whole) {
      channel.whole = false;
      this.gaps++;
      this.onGap(channel.id);
    }
  }

  beacon(message) {
    for (const { channelId, sequence } of message.channels) {
      const channel = this.channels.get(channelId);
      if (channel !== undefined && ((sequence - channel.sequence) | 0) > 0) this.miss(channel);
    }
  }

  rows(channel, frame) {
    const { view } = frame;
    const each = (group, read) => {
      for (let i = 0, at = group.at; i < group.count; i++, at += group.entryBytes) read(at);
    };
    each(frame.left, (at) => {
      const slot = this.held(channel, view.getUint16(at, true));
      channel.slots.delete(view.getUint16(at, true));
      this.release(slot, view.getUint8(at + 2) !== 0);
    });
    each(frame.entered, (at) => this.enter(channel, frame, at));
    const centre = [channel.cellX, channel.cellY, channel.cellZ].map(
      (index) => (index + 0.5) * frame.cellEdge);
    const narrow = (at, moves, drives) => {
      const motion = this.motionOf(channel, frame, at);
      for (let axis = 0; axis < 3; axis++) {
        motion[axis] = centre[axis] + view.getInt16(at + 2 + 2 * axis, true) * frame.placeStep;
        motion[3 + axis] = moves ? view.getInt16(at + 8 + 2 * axis, true) * frame.velocityStep : 0;
        motion[6 + axis] =
          drives ? view.getInt16(at + 14 + 2 * axis, true) * frame.accelerationStep : 0;
      }
    };
    const correct = (at) => {
      const slot = this.held(channel, view.getUint16(at, true));
      if (slot.motion === null) {
        throw new ReplicationError('HZ-REP-002', 'a correction of what has no place');
      }
      const m = slot.motion;
      const seconds = (frame.tick - slot.motionTick) / this.tickHz;
      for (let axis = 0; axis < 3; axis++) {
        m[axis] = extrapolateAxis(m[axis], m[3 + axis], m[6 + axis], seconds)
          + view.getInt8(at + 2 + axis) * frame.placeStep;
        m[3 + axis] += m[6 + axis] * seconds;
      }
      slot.motionTick = frame.tick;
      return m;
    };
    each(frame.nudged, correct);
    each(frame.kicked, (at) => {
      const m = correct(at);
      for (let axis = 0; axis < 3; axis++) {
        m[3 + axis] += view.getInt8(at + 5 + axis) * frame.kickStep;
        m[6 + axis] = view.getInt16(at + 8 + 2 * axis, true) * frame.accelerationStep;
      }
    });
    each(frame.resting, (at) => narrow(at, false, false));
    each(frame.coasting, (at) => narrow(at, true, false));
    each(frame.driven, (at) => narrow(at, true, true));
    each(frame.wide, (at) => {
      const motion = this.motionOf(channel, frame, at);
      for (let axis = 0; axis < 3; axis++) {
        motion[axis] = centre[axis] + view.getInt32(at + 2 + 4 * axis, true) * frame.placeStep;
        motion[3 + axis] = view.getFloat32(at + 14 + 4 * axis, true);
        motion[6 + axis] = view.getFloat32(at + 26 + 4 * axis, true);
      }
    });
    each(frame.turned, (at) => {
      const slot = this.held(channel, view.getUint16(at, true));
      slot.turn ??= new Float64Array(7);
      unpackAttitude(view.getUint32(at + 2, true), slot.turn);
      for (let axis = 0; axis < 3; axis++) {
        slot.turn[4 + axis] = view.getInt16(at + 6 + 2 * axis, true) * SPIN_STEP;
      }
      slot.turnTick = frame.tick;
    });
    each(frame.stripped, (at) => {
      this.held(channel, view.getUint16(at, true)).rows.delete(view.getUint16(at + 2, true));
    });
    for (const entry of frame.components) this.componentRows(channel, frame, entry);
  }

  componentRows(channel, frame, { componentId, rowBytes, at, end }) {
    const descriptor = this.components.byWireId.get(componentId);
    if (descriptor !== undefined && descriptor.rowBytes !== rowBytes) {
      throw new ReplicationError(
        'HZ-REP-002',
        `rows of ${descriptor.name} have ${rowBytes} bytes, not ${descriptor.rowBytes}: reload the page`);
    }
    for (let row = at; row < end; row += rowBytes + 2) {
      const slot = this.held(channel, frame.view.getUint16(row, true));
      const from = frame.view.byteOffset + row + 2;
      slot.rows.set(componentId, {
        row: new Uint8Array(frame.view.buffer.slice(from, from + rowBytes)), value: undefined,
      });
    }
  }

  motionOf(channel, frame, at) {
    const slot = this.held(channel, frame.view.getUint16(at, true));
    slot.motion ??= new Float64Array(9);
    slot.motionTick = frame.tick;
    return slot.motion;
  }

  held(channel, number) {
    const slot = channel.slots.get(number);
    if (slot === undefined) {
      throw new ReplicationError('HZ-REP-002', `slot ${number} is not held`);
    }
    return slot;
  }

  enter(channel, { view, tick }, at) {
    const number = view.getUint16(at, true);
    if (channel.slots.has(number)) {
      throw new ReplicationError('HZ-REP-002', `slot ${number} is entered, but held already`);
    }
    const id = entityText(view.getUint32(at + 8, true), view.getUint32(at + 12, true));
    let entity = this.byId.get(id);
    const isNew = entity === undefined;
    if (isNew) {
      entity = new Entity(id, this);
      this.byId.set(id, entity);
    }
    const slot = new Slot(channel, entity);
    slot.generation = view.getUint8(at + 2);
    slot.sizeClass = view.getUint8(at + 3);
    slot.radius = view.getFloat32(at + 4, true);
    const parent = entityText(view.getUint32(at + 16, true), view.getUint32(at + 20, true));
    slot.parent = parent === '0:0' ? null : parent;
    slot.enteredTick = tick;
    channel.slots.set(number, slot);
    entity.slots.push(slot);
    entity.slots.sort((a, b) => (a.isNearerThan(b) ? -1 : 1));
    if (isNew) this.onEnter(entity);
  }

  release(slot, gone) {
    const { entity } = slot;
    const index = entity.slots.indexOf(slot);
    if (entity.slots.length > 1) {
      entity.slots.splice(index, 1);
    } else {
      this.byId.delete(entity.id);
      this.onLeave(entity, gone);
    }
  }

  dropReplaced(channel) {
    for (const slot of channel.replaced) this.release(slot, false);
    channel.replaced.length = 0;
  }

  drop(channel) {
    this.channels.delete(channel.id);
    channel.replaced.push(...channel.slots.values());
    channel.slots.clear();
    this.dropReplaced(channel);
  }
}
