/**
 * Steered flight: the track of an entity whose thrust turns with it and whose angular velocity comes
 * to the one it strives for. Tick by tick, by the node's operations in the node's order, so to the
 * same bits. See docs/replication.md, "Steered flight".
 */
import { extrapolateAttitude, extrapolateAxis } from './extrapolation.js';
import { unpackAttitude } from './frames.js';

const THRUST_STEP = 2 ** -10;
const STRIVEN_STEP = 2 ** -14;
const RAMP_STEP = 2 ** -8;
const SPIN_STEP = 2 ** -12;
/** Ticks that are stepped through; what is further ahead goes straight on. */
const STEPS_MAX = 4096;
const PACKED_MOST = 511;
const ATTITUDE_STEPS = 511 * Math.SQRT2;
/** Adding and taking it away rounds half to even, as Java's rint does. */
const ROUNDER = 1.5 * 2 ** 52;

/** Where its parts begin: place, velocity, attitude, angular velocity, thrust, spin, ramp. */
const VELOCITY = 3;
const ATTITUDE = 6;
const TURN = 10;
const THRUST = 13;
const SPIN = 16;
const RAMP = 19;
const NUMBERS = 20;

function rint(value) {
  return Math.abs(value) < 2 ** 51 ? value + ROUNDER - ROUNDER : value;
}

/** One of three numbers in 32 bits, in steps of a Frame's rows. */
export function packedPart(packed, axis) {
  const scale = 4 ** ((packed >>> 30) + 1);
  return (((packed >>> (10 * axis)) & 0x3ff) - 512) * scale;
}

/** Three packed numbers from the lowest 8 bits of each c, and the lowest 2 of e. */
export function packedFine(x, y, z, e) {
  return (((x & 0xff) << 2) | ((y & 0xff) << 12) | ((z & 0xff) << 22) | ((e & 3) << 30)) >>> 0;
}

/** Rounds a quaternion, four numbers of a state, to smallest three. */
function roundAttitude(state, out) {
  const [x, y, z, w] = state.subarray(ATTITUDE, ATTITUDE + 4);
  const length = Math.sqrt(x * x + y * y + z * z + w * w);
  const [ax, ay, az, aw] = [x, y, z, w].map(Math.abs);
  let left = 2;
  if (aw >= ax && aw >= ay && aw >= az) left = 3;
  else if (ax >= ay && ax >= az) left = 0;
  else if (ay >= az) left = 1;
  const signed = state[ATTITUDE + left] < 0 ? -length : length;
  let packed = left;
  for (let i = 0; i < 4; i++) {
    if (i === left) continue;
    const step = rint((state[ATTITUDE + i] / signed) * ATTITUDE_STEPS) + 511;
    packed = (packed << 10) | Math.max(0, Math.min(1022, step));
  }
  unpackAttitude(packed >>> 0, out);
  state.set(out, ATTITUDE);
}

/** Rounds three numbers of a state to what packing leaves of them. */
function roundTurn(state) {
  let most = 0;
  for (let axis = 0; axis < 3; axis++) {
    most = Math.max(most, Math.abs(state[TURN + axis] / SPIN_STEP));
  }
  let scale = 4;
  while (scale <= 256 && !(rint(most / scale) <= PACKED_MOST)) scale *= 4;
  if (scale > 256) scale = 1;
  for (let axis = 0; axis < 3; axis++) {
    const steps = state[TURN + axis] / SPIN_STEP;
    state[TURN + axis] = (rint(steps / scale) * scale + 0) * SPIN_STEP;
  }
}

/** The acceleration of a state: its thrust, turned as it is turned. */
function pull(s, out, at) {
  const x = s[THRUST];
  const y = s[THRUST + 1];
  const z = s[THRUST + 2];
  const qx = s[ATTITUDE];
  const qy = s[ATTITUDE + 1];
  const qz = s[ATTITUDE + 2];
  const qw = s[ATTITUDE + 3];
  const tx = 2 * (qy * z - qz * y);
  const ty = 2 * (qz * x - qx * z);
  const tz = 2 * (qx * y - qy * x);
  out[at] = x + qw * tx + (qy * tz - qz * ty);
  out[at + 1] = y + qw * ty + (qz * tx - qx * tz);
  out[at + 2] = z + qw * tz + (qx * ty - qy * tx);
}

const pulls = new Float64Array(3);

/** Moves a state on: thrust as it is turned at the beginning, then its spin, then its turn. */
export function stepFlight(s, seconds) {
  const qx = s[ATTITUDE];
  const qy = s[ATTITUDE + 1];
  const qz = s[ATTITUDE + 2];
  const qw = s[ATTITUDE + 3];
  pull(s, pulls, 0);
  for (let axis = 0; axis < 3; axis++) {
    const v = s[VELOCITY + axis];
    s[axis] = extrapolateAxis(s[axis], v, pulls[axis], seconds);
    s[VELOCITY + axis] = v + pulls[axis] * seconds;
  }
  const most = s[RAMP] * seconds;
  for (let axis = 0; axis < 3; axis++) {
    const from = s[TURN + axis];
    s[TURN + axis] = from + Math.max(-most, Math.min(most, s[SPIN + axis] - from));
  }
  const wx = s[TURN];
  const wy = s[TURN + 1];
  const wz = s[TURN + 2];
  const half = 0.5 * seconds;
  const nx = qx + half * (qw * wx + qy * wz - qz * wy);
  const ny = qy + half * (qw * wy + qz * wx - qx * wz);
  const nz = qz + half * (qw * wz + qx * wy - qy * wx);
  const nw = qw - half * (qx * wx + qy * wy + qz * wz);
  const inverse = 1 / Math.sqrt(nx * nx + ny * ny + nz * nz + nw * nw);
  s[ATTITUDE] = nx * inverse;
  s[ATTITUDE + 1] = ny * inverse;
  s[ATTITUDE + 2] = nz * inverse;
  s[ATTITUDE + 3] = nw * inverse;
}

export class Flight {
  constructor() {
    this.base = new Float64Array(NUMBERS);
    this.now = new Float64Array(NUMBERS);
    this.moment = new Float64Array(NUMBERS);
    this.quaternion = new Float64Array(4);
    this.tickSeconds = 0;
    this.tick = 0;
    this.nowTick = 0;
  }

  clone() {
    const copy = new Flight();
    copy.base.set(this.base);
    copy.now.set(this.now);
    copy.tickSeconds = this.tickSeconds;
    copy.tick = this.tick;
    copy.nowTick = this.nowTick;
    return copy;
  }

  /**
   * Begins anew with all that a row says.
   * @param {ArrayLike<number>} numbers place and velocity, three each
   */
  begin(tick, tickHz, numbers, attitude, turn, thrust, spin, ramp) {
    const { base } = this;
    base.set(numbers);
    base.set(unpackAttitude(attitude, this.quaternion), ATTITUDE);
    for (let axis = 0; axis < 3; axis++) base[TURN + axis] = packedPart(turn, axis) * SPIN_STEP;
    base[RAMP] = ramp * RAMP_STEP;
    this.control(thrust, spin);
    this.tickSeconds = 1 / tickHz;
    this.settle(tick);
  }

  /** Applies new controls that began some ticks ago; false where that is before the last row. */
  steer(tick, age, thrust, spin, steps) {
    const from = tick - age;
    if (from < this.tick) return false;
    this.base.set(this.nowAt(from));
    this.control(thrust, spin);
    for (let i = 0; i < age; i++) stepFlight(this.base, this.tickSeconds);
    this.round(steps);
    this.settle(tick);
    return true;
  }

  control(thrust, spin) {
    for (let axis = 0; axis < 3; axis++) {
      this.base[THRUST + axis] = packedPart(thrust, axis) * THRUST_STEP;
      this.base[SPIN + axis] = packedPart(spin, axis) * STRIVEN_STEP;
    }
  }

  settle(tick) {
    this.now.set(this.base);
    this.tick = tick;
    this.nowTick = tick;
  }

  round({ grid, speed }) {
    const { base } = this;
    for (let axis = 0; axis < 3; axis++) {
      base[axis] = rint(base[axis] / grid) * grid + 0;
      base[VELOCITY + axis] = rint(base[VELOCITY + axis] / speed) * speed + 0;
    }
    roundAttitude(base, this.quaternion);
    roundTurn(base);
  }

  /** Its state at a whole tick, not before the last row's. */
  nowAt(tick) {
    const { now } = this;
    if (tick < this.nowTick) {
      now.set(this.base);
      this.nowTick = this.tick;
    }
    const steps = tick - this.nowTick;
    if (steps > STEPS_MAX) {
      const seconds = steps * this.tickSeconds;
      for (let axis = 0; axis < 3; axis++) now[axis] += now[VELOCITY + axis] * seconds;
    } else {
      for (let i = 0; i < steps; i++) stepFlight(now, this.tickSeconds);
    }
    this.nowTick = tick;
    return now;
  }

  /** Its state at a tick that may have a fraction; another after the next call. */
  at(tick) {
    const whole = Math.floor(tick);
    if (!(whole >= this.tick)) return this.before((tick - this.tick) * this.tickSeconds);
    const now = this.nowAt(whole);
    if (whole === tick) return now;
    this.moment.set(now);
    stepFlight(this.moment, (tick - whole) * this.tickSeconds);
    return this.moment;
  }

  before(seconds) {
    const { base, moment } = this;
    moment.set(base);
    pull(base, pulls, 0);
    for (let axis = 0; axis < 3; axis++) {
      const v = base[VELOCITY + axis];
      moment[axis] = extrapolateAxis(base[axis], v, pulls[axis], seconds);
      moment[VELOCITY + axis] = v + pulls[axis] * seconds;
    }
    const turned = extrapolateAttitude(base.subarray(ATTITUDE, THRUST), seconds, {});
    moment.set([turned.qx, turned.qy, turned.qz, turned.qw], ATTITUDE);
    return moment;
  }

  /** Place, velocity and acceleration at the last row. */
  track(out) {
    out.set(this.base.subarray(0, ATTITUDE));
    pull(this.base, out, ATTITUDE);
  }

  /** Acceleration at a tick. */
  pull(tick) {
    const out = [0, 0, 0];
    pull(this.at(tick), out, 0);
    return out;
  }

  /** Attitude and angular velocity at the last row. */
  turn(out) { out.set(this.base.subarray(ATTITUDE, THRUST)); }

  /** Fills what Replica.place fills, at a tick. */
  fill(tick, out) {
    [out.x, out.y, out.z, out.vx, out.vy, out.vz, out.qx, out.qy, out.qz, out.qw] = this.at(tick);
    return out;
  }
}
