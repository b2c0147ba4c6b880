/**
 * Second-order dead reckoning: the same functions as the node's, in double precision. See
 * docs/replication.md, "Extrapolation".
 */

/** Below this squared half angle the series are exact to 1e-13. */
const SERIES_MAX = 0.0625;
/** Halvings of a half angle before the series: enough for a million radians. */
const HALVINGS_MAX = 22;

/**
 * One axis after some time.
 * @param {number} place metres
 * @param {number} velocity metres per second
 * @param {number} acceleration metres per second squared
 * @param {number} seconds since the row was true
 */
export function extrapolateAxis(place, velocity, acceleration, seconds) {
  return place + (velocity + acceleration * seconds * 0.5) * seconds;
}

/**
 * An attitude after turning at a constant rate in body axes.
 * @param {ArrayLike<number>} turn qx, qy, qz, qw, wx, wy, wz
 * @param {number} seconds since the row was true
 * @param {{qx: number, qy: number, qz: number, qw: number}} out is filled
 */
export function extrapolateAttitude(turn, seconds, out) {
  const [qx, qy, qz, qw, wx, wy, wz] = turn;
  const rate = wx * wx + wy * wy + wz * wz;
  let half = seconds * 0.5;
  let s = rate * half * half;
  let doublings = 0;
  while (s > SERIES_MAX && doublings < HALVINGS_MAX) {
    s *= 0.25;
    half *= 0.5;
    doublings++;
  }
  let sine = half * (1 - (s / 6) * (1 - (s / 20) * (1 - (s / 42) * (1 - s / 72))));
  let cosine = 1 - (s / 2) * (1 - (s / 12) * (1 - (s / 30) * (1 - (s / 56) * (1 - s / 90))));
  // sin(2h) = 2 sin(h) cos(h), cos(2h) = 1 - 2 sin(h)^2: the node's steps, to the same bits.
  for (let i = 0; i < doublings; i++) {
    const next = 2 * sine * cosine;
    cosine = 1 - 2 * rate * sine * sine;
    sine = next;
  }
  const dx = wx * sine;
  const dy = wy * sine;
  const dz = wz * sine;
  out.qx = qw * dx + qx * cosine + qy * dz - qz * dy;
  out.qy = qw * dy - qx * dz + qy * cosine + qz * dx;
  out.qz = qw * dz + qx * dy - qy * dx + qz * cosine;
  out.qw = qw * cosine - qx * dx - qy * dy - qz * dz;
  return out;
}
