/**
 * Second-order dead reckoning: the same functions as the node's, in double precision. See
 * docs/replication.md, "Extrapolation".
 */

/** Below this squared half angle a series stands for sine and cosine, as on the node. */
const SERIES_MAX = 0.25;

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
  const half = seconds * 0.5;
  const s = (wx * wx + wy * wy + wz * wz) * half * half;
  let sine;
  let cosine;
  if (s <= SERIES_MAX) {
    sine = half * (1 - (s / 6) * (1 - (s / 20) * (1 - (s / 42) * (1 - s / 72))));
    cosine = 1 - (s / 2) * (1 - (s / 12) * (1 - (s / 30) * (1 - (s / 56) * (1 - s / 90))));
  } else {
    const angle = Math.sqrt(s);
    sine = (half * Math.sin(angle)) / angle;
    cosine = Math.cos(angle);
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
