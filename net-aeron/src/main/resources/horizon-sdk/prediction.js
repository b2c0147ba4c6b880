import { Blend } from './blend.js';
import { extrapolateAttitude, extrapolateAxis } from './extrapolation.js';

/** Ticks that are kept and replayed at most. */
const REPLAY_TICKS_MAX = 100;
/** Inputs without an answer that are kept at most; older ones are forgotten. */
const PENDING_MAX = 256;
/** How much of what a newer measurement says of the way to the server is believed. */
const LEAD_GAIN = 0.1;
/** How much of a difference within tolerance is made up at each row of the server's. */
const PULL = 0.1;
/** An input without an answer for so long, beyond the usual way, was lost. */
const LOST_TICKS = 40;
/** Predictions that are no further apart are the same. */
const SAME_METRES = 1e-3;
const PLACE = ['x', 'y', 'z', 'vx', 'vy', 'vz', 'ax', 'ay', 'az'];
const TURN = ['qx', 'qy', 'qz', 'qw', 'wx', 'wy', 'wz'];

/**
 * Where one's own ship is before the server said so: inputs take effect at once, by a step
 * function that the game supplies, and are replayed on what the server says as it answers. While it
 * says the same as the prediction did, within tolerance, nothing moves.
 *
 * The function `step(state, input, seconds)` moves a state on in place: x, y, z, vx, vy, vz, ax, ay,
 * az, the attitude qx, qy, qz, qw and the angular velocity wx, wy, wz in body axes.
 */
export class Prediction {
  /**
   * @param {object} options
   * @param {(state: object, input: any, seconds: number) => void} options.step
   * @param {any} options.idle the input before the first
   * @param {number} [options.tickHz]
   * @param {number} [options.toleranceMetres] above the error bound of the tier CLOSE
   * @param {number} [options.toleranceRadians]
   * @param {number} [options.blendSeconds] in which a correction fades
   * @param {number} [options.snapMetres] longer corrections are jumps
   */
  constructor({
    step, idle, tickHz = 20, toleranceMetres = 0.75, toleranceRadians = 0.06, blendSeconds = 0.3,
    snapMetres = 500,
  }) {
    this.step = step;
    this.idle = idle;
    this.tickHz = tickHz;
    this.toleranceMetres = toleranceMetres;
    this.toleranceRadians = toleranceRadians;
    this.blendTicks = blendSeconds * tickHz;
    this.blend = new Blend(tickHz, snapMetres);
    /** Ticks from sending an input until its effect is heard of; null before it was measured. */
    this.lead = null;
    /** Times that the server had another opinion. */
    this.corrections = 0;
    this.stop();
  }

  /** True while there is a prediction. */
  get active() { return this.states.length > 0; }

  /** Ends it: the server flies, or nobody. The next input begins anew. */
  stop() {
    /** States of consecutive ticks; the first is what the server confirmed last. */
    this.states = [];
    this.baseTick = 0;
    /** @type {{sequence: number, input: any, tick: number, sentAt: number, read: boolean}[]} */
    this.inputs = [];
    this.heardTick = 0;
    this.blend.ticks = 0;
  }

  /**
   * An input goes out.
   * @param {number} sequence that it is sent with
   * @param {any} input
   * @param {number} now the server's tick as far as known: Connection.tick()
   * @param {number | null} [roundTripMillis] to begin with
   */
  send(sequence, input, now, roundTripMillis = null) {
    this.lead ??= 1 + ((roundTripMillis ?? 0) * this.tickHz) / 1000;
    const last = this.inputs.at(-1);
    const tick = Math.max(Math.floor(now + this.lead) + 1, last?.tick ?? 0);
    this.inputs.push({ sequence, input, tick, sentAt: now, read: false });
    if (this.inputs.length > PENDING_MAX) this.inputs.shift();
    if (this.active) this.dropFrom(tick);
  }

  /**
   * Hears what the server says: call it after each bundle, or before each picture.
   * @param {Replica} replica
   * @param {Entity} entity the own ship
   * @param {number} now the server's tick as far as known
   * @param {object | null} [seen] what was shown of it so far, to leave from without a jump
   */
  hear(replica, entity, now, seen = null) {
    const tick = replica.viewTick;
    if (this.inputs.length === 0 || tick <= this.heardTick) return;
    const said = stateAt(entity, tick, this.tickHz);
    if (said === null) {
      this.stop();
      return;
    }
    const before = this.active ? this.at(now) : null;
    const shown = before === null ? seen : this.blended(now, { ...before });
    this.read(tick, replica.inputSequence);
    this.heardTick = tick;
    if (!this.active || tick <= this.baseTick) {
      this.states = [said.state];
      this.baseTick = tick;
    } else {
      this.dropFrom(this.baseTick + 1);
      this.simulate(tick);
      this.reconcile(tick, said);
    }
    this.forgetInputs();
    const after = this.at(now);
    if (shown !== null && (before === null || apart(before, after) > SAME_METRES)) {
      this.blend.begin(this.target(now), this.blendTicks, shown, after);
    }
  }

  /**
   * Where the own ship is predicted to be, or null while there is nothing to go by.
   * @param {number} now the server's tick as far as known, with a fraction
   * @param {object} [out] is filled as by Replica.place, and returned
   */
  place(now, out = {}) {
    if (this.active && this.target(now) - this.lastTick > REPLAY_TICKS_MAX) this.stop();
    if (!this.active) return null;
    return this.blend.apply(this.target(now), Object.assign(out, this.at(now)));
  }

  /** The tick that is shown: as far ahead as inputs need to arrive. */
  target(now) { return now + (this.lead ?? 0); }

  get lastTick() { return this.baseTick + this.states.length - 1; }

  /** The predicted state, without the blend. */
  at(now) {
    const target = Math.max(this.target(now), this.baseTick);
    const whole = Math.min(Math.floor(target), this.lastTick + REPLAY_TICKS_MAX);
    this.simulate(whole);
    const state = { ...this.states[Math.max(0, whole - this.baseTick)] };
    const part = Math.min(1, target - whole);
    if (part > 0) this.step(state, this.inputAt(whole + 1), part / this.tickHz);
    return state;
  }

  blended(now, state) {
    this.blend.hasten(this.target(now), state);
    return this.blend.apply(this.target(now), state);
  }

  /** Learns which inputs a tick had read, and so how long the way is. */
  read(tick, sequence) {
    this.inputs = this.inputs.filter((each) =>
      each.read || tick - each.sentAt <= this.lead + LOST_TICKS || each === this.inputs[0]);
    for (const each of this.inputs) {
      if (((sequence - each.sequence) | 0) >= 0) {
        if (each.read) continue;
        each.read = true;
        each.tick = Math.min(Math.max(each.tick, this.heardTick + 1), tick);
        if (sequence === each.sequence) {
          this.lead += (tick - each.sentAt - this.lead) * LEAD_GAIN;
        }
      } else {
        each.tick = Math.max(each.tick, tick + 1);
      }
    }
    for (let i = 1; i < this.inputs.length; i++) {
      this.inputs[i].tick = Math.max(this.inputs[i].tick, this.inputs[i - 1].tick);
    }
  }

  /** Goes on from the server's state where it differs, else from the predicted one. */
  reconcile(tick, { state: said, placeIsNew, isTurned }) {
    const state = this.states[tick - this.baseTick];
    const off = apart(said, state);
    const dot = Math.abs(
      said.qx * state.qx + said.qy * state.qy + said.qz * state.qz + said.qw * state.qw);
    const turned = isTurned && 2 * Math.acos(Math.min(1, dot)) > this.toleranceRadians;
    const elsewhere = !(off <= this.toleranceMetres);
    if (elsewhere || turned) {
      this.corrections++;
      if (elsewhere) for (const field of PLACE) state[field] = said[field];
      if (turned) for (const field of TURN) state[field] = said[field];
    } else if (placeIsNew) {
      for (const field of ['x', 'y', 'z']) state[field] += (said[field] - state[field]) * PULL;
    }
    this.states = [state];
    this.baseTick = tick;
  }

  simulate(tick) {
    for (let next = this.lastTick + 1; next <= tick; next++) {
      const state = { ...this.states.at(-1) };
      this.step(state, this.inputAt(next), 1 / this.tickHz);
      this.states.push(state);
    }
    // Silence is consent: where nothing was corrected for long, what was predicted counts as said.
    const excess = this.states.length - REPLAY_TICKS_MAX;
    if (excess > 0) {
      this.states.splice(0, excess);
      this.baseTick += excess;
    }
  }

  dropFrom(tick) {
    this.states.length = Math.min(this.states.length, Math.max(1, tick - this.baseTick));
  }

  /** The input that a tick reads: the latest that was there by then. */
  inputAt(tick) {
    for (let i = this.inputs.length - 1; i >= 0; i--) {
      if (this.inputs[i].tick <= tick) return this.inputs[i].input;
    }
    return this.idle;
  }

  /** Of what was read before the base, only the last still matters. */
  forgetInputs() {
    while (this.inputs.length > 1 && this.inputs[1].tick <= this.baseTick) {
      this.inputs.shift();
    }
  }
}

function apart(a, b) { return Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z); }

/** What a replica holds of an entity at a tick, or null where it has no place of its own. */
function stateAt(entity, tick, tickHz) {
  const placed = entity.placed();
  if (placed === undefined) return null;
  if (placed.flight !== null) return stateInFlight(placed, tick);
  const m = placed.motion;
  const seconds = (tick - placed.motionTick) / tickHz;
  const state = { ax: m[6], ay: m[7], az: m[8], qx: 0, qy: 0, qz: 0, qw: 1, wx: 0, wy: 0, wz: 0 };
  ['x', 'y', 'z'].forEach((axis, i) => {
    state[axis] = extrapolateAxis(m[i], m[3 + i], m[6 + i], seconds);
    state[`v${axis}`] = m[3 + i] + m[6 + i] * seconds;
  });
  const turned = entity.turned();
  if (turned !== undefined) {
    extrapolateAttitude(turned.turn, (tick - turned.turnTick) / tickHz, state);
    [, , , , state.wx, state.wy, state.wz] = turned.turn;
  }
  return {
    state,
    placeIsNew: placed.motionTick === tick,
    isTurned: turned !== undefined,
  };
}

function stateInFlight({ flight, motionTick }, tick) {
  const state = { ax: 0, ay: 0, az: 0 };
  const n = flight.at(tick);
  [state.x, state.y, state.z, state.vx, state.vy, state.vz] = n;
  [state.qx, state.qy, state.qz, state.qw, state.wx, state.wy, state.wz] = n.subarray(6);
  [state.ax, state.ay, state.az] = flight.pull(tick);
  return { state, placeIsNew: motionTick === tick, isTurned: true };
}
