import { isOfSession, messagesOf } from './bundle.js';
import { ComponentCatalogue, entityText } from './components.js';
import { Entity, Slot } from './entity.js';
import { extrapolateAttitude, extrapolateAxis } from './extrapolation.js';
import { checksumOf } from './checksum.js';
import {
  BEACON, channelOf, FORGET, FRESH, GLANCE, isPart, KEYFRAME, MORE, parseMessage, RECUT,
  ReplicationError, stepsOf, TIERS, VIEW,
} from './frames.js';
import { applyGlance } from './glance.js';
import { applyRecut } from './recut.js';
import {
  applyComponents, applyCorrections, applyFlights, applyPlaces, applyTracks, applyTurns, contradiction, eachEntry,
  heldSlot,
} from './rows.js';

/** Channels and entities that a replica holds at most, unless told otherwise. */
const CHANNELS_MAX = 1 << 18;
const ENTITIES_MAX = 1 << 20;

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

/** What the gateway shows of the entities near, by handle. Of one tier and tick, it wins. */
class Near {
  constructor() {
    this.id = (1n << 63n) - 1n;
    this.whole = true;
    /** @type {Map<number, Slot>} */
    this.slots = new Map();
  }
}

function idAt(view, at) {
  return entityText(view.getUint32(at, true), view.getUint32(at + 4, true));
}

function tooMuch(bound) {
  return new ReplicationError('HZ-REP-003', `the replica holds its bound of ${bound}`);
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
   * @param {number} [options.channelsMax] held at once; more are refused
   * @param {number} [options.entitiesMax]
   */
  constructor({
    tickHz = 20, components, onEnter, onLeave, onGap, channelsMax = CHANNELS_MAX,
    entitiesMax = ENTITIES_MAX,
  } = {}) {
    this.tickHz = tickHz;
    this.components = components ?? new ComponentCatalogue();
    this.onEnter = onEnter ?? (() => {});
    this.onLeave = onLeave ?? (() => {});
    this.onGap = onGap ?? (() => {});
    /** @type {Map<bigint, Channel>} */
    this.channels = new Map();
    /** @type {Map<string, Entity>} */
    this.byId = new Map();
    this.channelsMax = channelsMax;
    this.entitiesMax = entitiesMax;
    this.near = new Near();
    /** What places in glances are relative to, metres. */
    this.origin = [0, 0, 0];
    /** Tick of the latest view, and of this client's inputs the last that it had read. */
    this.viewTick = 0;
    this.inputSequence = 0;
    this.lastTick = 0;
    /** Ticks here are the node's and so many more: since the session went to another node. */
    this.tickOffset = 0;
    /** What another node said, held until this one has spoken. @type {Slot[] | null} */
    this.former = null;
    this.gaps = 0;
    this.framesApplied = 0;
    this.framesIgnored = 0;
  }

  /** All entities that are held. */
  entities() { return this.byId.values(); }

  /** @param {string} id block:counter */
  find(id) { return this.byId.get(id); }

  /**
   * Another node speaks from now on, of the same entities: all comes afresh, and what was held is
   * shown until it has come.
   * @param {number} tickOffset to be added to its ticks, so that time goes on as it did
   */
  moved(tickOffset) {
    this.former ??= [];
    for (const { slots } of [...this.channels.values(), this.near]) {
      this.former.push(...slots.values());
    }
    for (const { replaced } of this.channels.values()) this.former.push(...replaced);
    this.channels.clear();
    this.near = new Near();
    this.tickOffset = tickOffset;
  }

  releaseFormer() {
    if (this.former === null) return;
    const { former } = this;
    this.former = null;
    for (const slot of former) this.release(slot, false);
  }

  /** Drops everything: after a new connection, all comes afresh. */
  reset() {
    this.releaseFormer();
    this.tickOffset = 0;
    for (const channel of [...this.channels.values()]) this.drop(channel);
    this.releaseAll(this.near.slots);
    this.near = new Near();
    this.viewTick = 0;
    this.inputSequence = 0;
    this.lastTick = 0;
  }

  /**
   * Applies what one WebSocket message holds: a bundle of messages. One that is refused doesn't
   * keep the others from being applied.
   * @param {ArrayBuffer|Uint8Array} bytes
   * @returns {boolean} true when it changed something
   * @throws {ReplicationError} the first, once all were tried
   */
  applyBundle(bytes) {
    let changed = false;
    let fault = null;
    for (const message of messagesOf(bytes)) {
      try {
        changed = (!isOfSession(message) && this.apply(message)) || changed;
      } catch (error) {
        if (!(error instanceof ReplicationError)) throw error;
        fault ??= error;
      }
    }
    if (changed) this.releaseFormer();
    if (fault !== null) throw fault;
    return changed;
  }

  /** False when a view contradicted what was held: only a fresh one, on a new connection, helps. */
  get viewIsWhole() { return this.near.whole; }

  /**
   * Applies one message.
   * @param {ArrayBuffer|Uint8Array} bytes header included
   * @returns {boolean} true when it changed something
   * @throws {ReplicationError}
   */
  apply(bytes) {
    const message = parseMessage(bytes);
    if (message === null) {
      this.framesIgnored++;
      return false;
    }
    if (message.template === GLANCE) {
      const viewTick = this.viewTick - this.tickOffset;
      message.tick = this.viewTick + ((message.tickBits - viewTick) & 0xffff);
    } else {
      message.tick += this.tickOffset;
    }
    this.lastTick = Math.max(this.lastTick, message.tick);
    switch (message.template) {
      case BEACON:
        this.beacon(message);
        return false;
      case FORGET:
        return this.forget(message.channelId);
      case RECUT:
        return applyRecut(this, message);
      case VIEW:
        return this.nearView(message);
      case GLANCE:
        return this.nearGlance(message);
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
    if (slot.flight !== null) return slot.flight.fill(tick, out);
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

  obtain(channelId) {
    let channel = this.channels.get(channelId);
    if (channel === undefined) {
      if (this.channels.size >= this.channelsMax) throw tooMuch(`${this.channelsMax} channels`);
      channel = new Channel(channelId);
      this.channels.set(channelId, channel);
    }
    return channel;
  }

  /** Drops a channel with the parts of its cell. */
  forget(channelId) {
    const whole = channelOf(channelId);
    const covered = [...this.channels.values()].filter(
      (channel) => channel.id === channelId || isPart(whole, channel));
    for (const channel of covered) this.drop(channel);
    return covered.length > 0;
  }

  frame(frame) {
    const channel = this.obtain(frame.channelId);
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
    for (const { channelId, sequence, checksum } of message.channels) {
      const channel = this.channels.get(channelId);
      if (channel === undefined) continue;
      const behind = (sequence - channel.sequence) | 0;
      const isWrong = behind === 0 && checksum !== 0 && channel.whole
        && channel.replaced.length === 0 && checksumOf(channel.slots) !== checksum;
      if (behind > 0 || isWrong) this.miss(channel);
    }
  }

  rows(channel, frame) {
    this.left(channel, frame);
    eachEntry(frame.entered, (at) => {
      const number = frame.view.getUint16(at, true);
      if (channel.slots.has(number)) {
        throw contradiction(`slot ${number} is entered, but held already`);
      }
      const slot = this.slotOf(frame, channel, channel.tier, at);
      slot.generation = frame.view.getUint8(at + 2);
      slot.idLow = frame.view.getUint32(at + 8, true);
      slot.idHigh = frame.view.getUint32(at + 12, true);
      channel.slots.set(number, slot);
      this.hold(slot);
    });
    applyCorrections(channel, frame, this.tickHz);
    applyPlaces(channel, frame);
    applyTurns(channel, frame);
    applyComponents(channel, frame, this.components);
    applyFlights(channel, frame, this.tickHz);
  }

  /** What the gateway gathered of the entities near; wrong once, only a fresh one helps. */
  nearView(message) {
    const before = this.near;
    if ((message.flags & FRESH) !== 0) {
      // What it replaces is held until its rows are applied, so that nothing flickers.
      this.near = new Near();
    } else if (!before.whole) {
      this.framesIgnored++;
      return false;
    }
    const { near } = this;
    if (message.origin?.every(Number.isFinite)) this.origin = message.origin;
    try {
      this.left(near, message);
      eachEntry(message.entered, (at) => this.enterNear(message, at));
      applyTracks(near, message);
      applyCorrections(near, message, this.tickHz);
      applyTurns(near, message);
      applyComponents(near, message, this.components);
      applyFlights(near, message, this.tickHz);
    } catch (error) {
      near.whole = false;
      throw error;
    } finally {
      if (before !== near) this.releaseAll(before.slots);
    }
    this.viewTick = message.tick;
    this.inputSequence = message.inputSequence;
    this.framesApplied++;
    return true;
  }

  /** The same in few bytes, of what a view entered. */
  nearGlance(message) {
    const { near } = this;
    if (!near.whole) {
      this.framesIgnored++;
      return false;
    }
    try {
      eachEntry(message.shifted, (at) => this.shift(message, at));
      applyGlance(near, message, this.origin, this.tickHz, this.components);
    } catch (error) {
      near.whole = false;
      throw error;
    }
    this.viewTick = message.tick;
    this.inputSequence =
      (this.inputSequence + ((message.inputBits - this.inputSequence) & 0xffff)) >>> 0;
    this.framesApplied++;
    return true;
  }

  enterNear(message, at) {
    const { near } = this;
    const { view } = message;
    const handle = view.getUint16(at, true);
    const tier = view.getUint8(at + 2);
    if (tier >= TIERS.length) throw contradiction(`handle ${handle} is of tier ${tier}`);
    const before = near.slots.get(handle);
    const known = this.byId.get(idAt(view, at + 8));
    if (before === undefined
      ? known?.slots.some((slot) => slot.channel === near)
      : before.entity !== known) {
      throw contradiction(`handle ${handle} is entered by an entity that has another`);
    }
    const slot = this.slotOf(message, near, tier, at);
    slot.steps = stepsOf(view, at + 24);
    near.slots.set(handle, slot);
    this.hold(slot);
    // The new slot is there already, so the entity never leaves.
    if (before !== undefined) this.release(before, false);
  }

  /** What a handle names is at another tier now, with the component rows that it has. */
  shift({ view, tick }, at) {
    const { near } = this;
    const handle = view.getUint16(at, true);
    const tier = view.getUint8(at + 2);
    if (tier >= TIERS.length) throw contradiction(`handle ${handle} is of tier ${tier}`);
    const before = heldSlot(near, handle);
    const slot = new Slot(near, before.entity, tier);
    slot.sizeClass = before.sizeClass;
    slot.radius = before.radius;
    slot.parent = before.parent;
    slot.enteredTick = tick;
    slot.steps = stepsOf(view, at + 3);
    slot.rows = before.rows;
    near.slots.set(handle, slot);
    this.hold(slot);
    this.release(before, false);
  }

  left(channel, { view, left }) {
    eachEntry(left, (at) => {
      const slot = heldSlot(channel, view.getUint16(at, true));
      channel.slots.delete(view.getUint16(at, true));
      this.release(slot, view.getUint8(at + 2) !== 0);
    });
  }

  /** A slot from an entry of a group `entered`, whose fields from 3 to 24 are the same everywhere. */
  slotOf({ view, tick }, channel, tier, at) {
    const id = idAt(view, at + 8);
    let entity = this.byId.get(id);
    if (entity === undefined) {
      if (this.byId.size >= this.entitiesMax) throw tooMuch(`${this.entitiesMax} entities`);
      entity = new Entity(id, this);
    }
    const slot = new Slot(channel, entity, tier);
    slot.sizeClass = view.getUint8(at + 3);
    slot.radius = view.getFloat32(at + 4, true);
    const parent = idAt(view, at + 16);
    slot.parent = parent === '0:0' ? null : parent;
    slot.enteredTick = tick;
    return slot;
  }

  hold(slot) {
    const { entity } = slot;
    entity.hold(slot);
    if (entity.slots.length === 1) {
      this.byId.set(entity.id, entity);
      this.onEnter(entity);
    }
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

  releaseAll(slots) {
    for (const slot of slots.values()) this.release(slot, false);
  }

  dropReplaced(channel) {
    this.releaseAll(channel.replaced);
    channel.replaced.length = 0;
  }

  drop(channel) {
    this.channels.delete(channel.id);
    channel.replaced.push(...channel.slots.values());
    channel.slots.clear();
    this.dropReplaced(channel);
  }
}
