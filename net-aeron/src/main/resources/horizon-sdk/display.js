import { Blend } from './blend.js';
import { extrapolateAttitude, extrapolateAxis } from './extrapolation.js';

/** Who wasn't looked at for so long is shown where it is, without a blend. */
const UNSEEN_SECONDS = 1;

/**
 * Shows the entities of a replica without jumps. With a delay of some ticks it interpolates: what
 * came in for a tick is reached by the time that tick is shown. Without one it extrapolates, and
 * corrections fade over a short time.
 */
export class Display {
  /**
   * @param {Replica} replica
   * @param {object} [options]
   * @param {number} [options.delayTicks] how long ago the moment is that it shows; 0 extrapolates
   * @param {number} [options.blendSeconds] in which a correction that comes late fades
   * @param {number} [options.snapMetres] longer corrections are jumps
   */
  constructor(replica, { delayTicks = 0, blendSeconds = 0.2, snapMetres = 500 } = {}) {
    this.replica = replica;
    this.delayTicks = delayTicks;
    this.blendSeconds = blendSeconds;
    this.snapMetres = snapMetres;
    /** @type {WeakMap<Entity, Shown>} */
    this.shown = new WeakMap();
  }

  /**
   * Where an entity is shown, or null where it has no place of its own.
   * @param {Entity} entity
   * @param {number} tick now, with a fraction; the delay is taken off here
   * @param {object} [out] is filled as by Replica.place, and returned
   */
  place(entity, tick, out = {}) {
    const moment = tick - this.delayTicks;
    if (this.replica.place(entity, moment, out) === null) return null;
    let shown = this.shown.get(entity);
    if (shown === undefined) {
      shown = new Shown(new Blend(this.replica.tickHz, this.snapMetres));
      this.shown.set(entity, shown);
      shown.follow(entity);
    } else if (shown.elsewhere !== null || shown.differs(entity)) {
      this.bend(shown, entity, moment, out);
    }
    shown.seen = moment;
    return shown.blend.apply(moment, out);
  }

  /**
   * Says that an entity was shown elsewhere, such as where a prediction had it: the next place
   * leaves from there.
   * @param {Entity} entity
   * @param {number} tick now, as for place
   * @param {object} place as Replica.place fills it
   */
  shownAt(entity, tick, place) {
    const shown = this.shown.get(entity);
    if (shown === undefined) return;
    shown.elsewhere = place;
    shown.seen = tick - this.delayTicks;
  }

  /** The track changed: leaves what was shown towards it. */
  bend(shown, entity, moment, track) {
    const { tickHz } = this.replica;
    const { blend } = shown;
    const before = shown.elsewhere ?? shown.at(moment, tickHz);
    if (shown.elsewhere === null) {
      blend.hasten(moment, before);
      blend.apply(moment, before);
    }
    shown.elsewhere = null;
    shown.follow(entity);
    if (Math.abs(moment - shown.seen) > UNSEEN_SECONDS * tickHz) {
      blend.ticks = 0;
      return;
    }
    const ahead = Math.min(entity.placed().motionTick - moment, this.delayTicks);
    blend.begin(moment, Math.max(ahead, this.blendSeconds * tickHz), before, track);
  }
}

/** The track that an entity is shown along, and the blend towards it. */
class Shown {
  constructor(blend) {
    this.blend = blend;
    this.seen = 0;
    this.elsewhere = null;
    this.flight = null;
    this.motion = new Float64Array(9);
    this.motionTick = NaN;
    this.turn = new Float64Array([0, 0, 0, 1, 0, 0, 0]);
    this.turnTick = 0;
  }

  differs(entity) {
    const { motion, motionTick } = entity.placed();
    const turned = entity.turned();
    return motionTick !== this.motionTick
      || (turned !== undefined && turned.turnTick !== this.turnTick)
      || motion.some((value, i) => value !== this.motion[i]);
  }

  follow(entity) {
    const { motion, motionTick, flight } = entity.placed();
    this.flight = flight?.clone() ?? null;
    this.motion.set(motion);
    this.motionTick = motionTick;
    const turned = entity.turned();
    if (turned === undefined) {
      this.turn.set([0, 0, 0, 1, 0, 0, 0]);
    } else {
      this.turn.set(turned.turn);
      this.turnTick = turned.turnTick;
    }
  }

  /** The old track at a moment. */
  at(moment, tickHz) {
    if (this.flight !== null) return this.flight.fill(moment, {});
    const seconds = (moment - this.motionTick) / tickHz;
    const m = this.motion;
    const out = {
      x: extrapolateAxis(m[0], m[3], m[6], seconds),
      y: extrapolateAxis(m[1], m[4], m[7], seconds),
      z: extrapolateAxis(m[2], m[5], m[8], seconds),
      vx: m[3] + m[6] * seconds,
      vy: m[4] + m[7] * seconds,
      vz: m[5] + m[8] * seconds,
    };
    return extrapolateAttitude(this.turn, (moment - this.turnTick) / tickHz, out);
  }
}
