import { SIZE_CLASSES, TIERS } from './frames.js';

/** What one channel, or the view of what is near, told of one entity. */
export class Slot {
  /**
   * @param {{id: bigint, whole: boolean}} channel that holds it
   * @param {Entity} entity
   * @param {number} tier
   */
  constructor(channel, entity, tier) {
    this.channel = channel;
    this.entity = entity;
    this.tier = tier;
    this.generation = 0;
    this.sizeClass = 0;
    this.radius = 0;
    this.parent = null;
    this.enteredTick = 0;
    /** Of the rows that correct a slot of a view; a frame's follow their frame. */
    this.steps = null;
    /** x, y, z, vx, vy, vz, ax, ay, az */
    this.motion = null;
    this.motionTick = 0;
    /** qx, qy, qz, qw, wx, wy, wz */
    this.turn = null;
    this.turnTick = 0;
    /** Of what is steered: how it flies; motion and turn are then those of its last row. */
    this.flight = null;
    /** wire id -> {row, value} */
    this.rows = new Map();
  }

  /** Nearest tier first; within one, the later one; the channel's id settles the rest. */
  isNearerThan(other) {
    if (this.tier !== other.tier) return this.tier < other.tier;
    if (this.enteredTick !== other.enteredTick) return this.enteredTick > other.enteredTick;
    return BigInt.asIntN(64, this.channel.id) > BigInt.asIntN(64, other.channel.id);
  }
}

/** An entity that at least one channel, or the view, holds. */
export class Entity {
  constructor(id, replica) {
    /** @type {string} block:counter */
    this.id = id;
    this.replica = replica;
    /** @type {Slot[]} nearest first */
    this.slots = [];
  }

  /** Name of the nearest tier that holds it. */
  get tier() { return TIERS[this.slots[0].tier]; }

  get sizeClass() { return SIZE_CLASSES[this.slots[0].sizeClass & 3]; }

  /** Metres, of its bounding sphere; 0 for what has no size. */
  get radius() { return this.slots[0].radius; }

  /** The entity that carries it, or null. */
  get parent() { return this.slots[0].parent; }

  /** True when what it is known from lost something since. */
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

  hold(slot) {
    this.slots.push(slot);
    this.slots.sort((a, b) => (a.isNearerThan(b) ? -1 : 1));
  }
}
