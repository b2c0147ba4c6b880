/**
 * Lets a jump between two tracks fade: what is shown leaves the old track with its place and
 * velocity and arrives on the new one at rest with it, along a cubic Hermite curve (Ferguson 1964).
 * Attitudes are blended along the straight line between quaternions.
 */
export class Blend {
  /**
   * @param {number} tickHz ticks a second
   * @param {number} snapMetres a longer way is jumped
   */
  constructor(tickHz, snapMetres) {
    this.tickHz = tickHz;
    this.snapMetres = snapMetres;
    this.start = 0;
    this.ticks = 0;
    this.away = new Float64Array(3);
    this.drift = new Float64Array(3);
    this.turn = new Float64Array([0, 0, 0, 1]);
  }

  /**
   * Begins: at a tick, `shown` stood where `track` is from now on.
   * @param {number} tick
   * @param {number} ticks until the blend has ended; at least a hundredth
   * @param {object} shown x ... vz, qx ... qw
   * @param {object} track the same
   */
  begin(tick, ticks, shown, track) {
    this.start = tick;
    this.ticks = Math.max(0.01, ticks);
    const seconds = this.ticks / this.tickHz;
    ['x', 'y', 'z'].forEach((axis, i) => {
      this.away[i] = shown[axis] - track[axis];
      this.drift[i] = (shown[`v${axis}`] - track[`v${axis}`]) * seconds;
    });
    if (!(Math.hypot(...this.away) <= this.snapMetres)) {
      this.ticks = 0;
      return;
    }
    // A blend may overshoot by 4/27 of its drift: never by more than what would be jumped.
    if (!(Math.hypot(...this.drift) <= this.snapMetres)) this.drift.fill(0);
    multiplied(shown, track, this.turn);
  }

  /** Share of the blend that is past, 1 when it has ended. */
  past(tick) {
    return this.ticks === 0 ? 1 : Math.min(1, Math.max(0, (tick - this.start) / this.ticks));
  }

  /** Moves a track's place to what is shown at a tick; velocities stay the track's. */
  apply(tick, out) {
    const u = this.past(tick);
    if (u >= 1) return out;
    const stay = u * u * (2 * u - 3) + 1;
    const carry = u * (u - 1) * (u - 1);
    out.x += this.away[0] * stay + this.drift[0] * carry;
    out.y += this.away[1] * stay + this.drift[1] * carry;
    out.z += this.away[2] * stay + this.drift[2] * carry;
    this.rotate(stay, out);
    return out;
  }

  /** Adds to a track's velocity what the blend adds to it at a tick. */
  hasten(tick, out) {
    const u = this.past(tick);
    if (u >= 1) return out;
    const rate = this.tickHz / this.ticks;
    const stay = 6 * u * (u - 1) * rate;
    const carry = (1 - u) * (1 - 3 * u) * rate;
    out.vx += this.away[0] * stay + this.drift[0] * carry;
    out.vy += this.away[1] * stay + this.drift[1] * carry;
    out.vz += this.away[2] * stay + this.drift[2] * carry;
    return out;
  }

  rotate(share, out) {
    const [ex, ey, ez, ew] = this.turn;
    const x = ex * share;
    const y = ey * share;
    const z = ez * share;
    const w = 1 + (ew - 1) * share;
    const norm = 1 / Math.sqrt(x * x + y * y + z * z + w * w);
    const { qx, qy, qz, qw } = out;
    out.qx = (w * qx + x * qw + y * qz - z * qy) * norm;
    out.qy = (w * qy - x * qz + y * qw + z * qx) * norm;
    out.qz = (w * qz + x * qy - y * qx + z * qw) * norm;
    out.qw = (w * qw - x * qx - y * qy - z * qz) * norm;
  }
}

/** What turns b into a: a times b's inverse, on the near side. */
function multiplied(a, b, out) {
  out[0] = -a.qw * b.qx + a.qx * b.qw - a.qy * b.qz + a.qz * b.qy;
  out[1] = -a.qw * b.qy + a.qx * b.qz + a.qy * b.qw - a.qz * b.qx;
  out[2] = -a.qw * b.qz - a.qx * b.qy + a.qy * b.qx + a.qz * b.qw;
  out[3] = a.qw * b.qw + a.qx * b.qx + a.qy * b.qy + a.qz * b.qz;
  if (out[3] < 0) for (let i = 0; i < 4; i++) out[i] = -out[i];
}
