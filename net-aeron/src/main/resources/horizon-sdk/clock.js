/** Longest that a picture runs ahead of what was heard, ticks: beyond it, the link is silent. */
const AHEAD_MAX_SECONDS = 15;
/** The estimate gives way by this much of real time, so that it follows a node that dilates. */
const YIELD = 0.02;
/** What at() says follows the estimate this softly, so that pictures don't stutter with it. */
const SOFT_MILLIS = 500;
/** Further apart, it follows at once. */
const APART_TICKS_MAX = 10;

/**
 * Which tick it is now at the node, with a fraction: what arrives fastest says most, since every
 * delay only makes a tick look earlier than it is.
 */
export class TickClock {
  /** @param {number} tickHz ticks a second */
  constructor(tickHz = 20) {
    this.tickHz = tickHz;
    this.fullHz = tickHz;
    this.base = null;
    this.observedAt = 0;
    this.told = null;
    this.toldAt = 0;
    this.latest = 0;
  }

  /**
   * A message of this tick came in.
   * @param {number} tick
   * @param {number} nowMillis performance.now()
   */
  observe(tick, nowMillis) {
    const base = tick - (nowMillis * this.tickHz) / 1000;
    if (this.base === null) {
      this.base = base;
    } else {
      const elapsed = ((nowMillis - this.observedAt) * this.tickHz) / 1000;
      this.base = Math.max(base, this.base - elapsed * YIELD);
    }
    this.observedAt = nowMillis;
    this.latest = Math.max(this.latest, tick);
  }

  /**
   * Simulated time runs at another rate from now on.
   * @param {number} timeRate simulated time per real time
   * @param {number} nowMillis performance.now()
   */
  dilate(timeRate, nowMillis) {
    const tickHz = this.fullHz * timeRate;
    const shift = (nowMillis * (this.tickHz - tickHz)) / 1000;
    if (this.base !== null) this.base += shift;
    if (this.told !== null) this.told += shift;
    this.tickHz = tickHz;
  }

  /**
   * The tick at a moment.
   * @param {number} nowMillis performance.now()
   */
  at(nowMillis) {
    if (this.base === null) return this.latest;
    if (this.told === null || Math.abs(this.base - this.told) > APART_TICKS_MAX) {
      this.told = this.base;
    } else {
      const elapsed = Math.max(0, nowMillis - this.toldAt);
      this.told += (this.base - this.told) * (1 - Math.exp(-elapsed / SOFT_MILLIS));
    }
    this.toldAt = nowMillis;
    const tick = this.told + (nowMillis * this.tickHz) / 1000;
    return Math.min(tick, this.latest + AHEAD_MAX_SECONDS * this.tickHz);
  }
}
