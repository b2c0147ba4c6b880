/** What a beacon says of a channel's slots, as docs/replication.md defines it. */

const MULTIPLIER = 0x9E3779B1;
const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

function mix(hash, word) {
  const product = Math.imul(hash ^ word, MULTIPLIER);
  return product ^ (product >>> 15);
}

function mixDouble(hash, value) {
  double[0] = value;
  return isLittleEndian ? mix(mix(hash, words[0]), words[1]) : mix(mix(hash, words[1]), words[0]);
}

/**
 * The checksum of slots by number.
 * @param {Map<number, {generation: number, idLow: number, idHigh: number,
 *   motion: Float64Array|null, motionTick: number}>} slots
 * @returns {number} unsigned, never 0
 */
export function checksumOf(slots) {
  let sum = 0;
  for (const [number, slot] of slots) {
    sum += mix(mix(mix(mix(0, number), slot.generation), slot.idLow), slot.idHigh);
    if (slot.motion !== null) {
      let hash = mix(mix(1, number), slot.motionTick % 2 ** 32);
      for (let axis = 0; axis < 3; axis++) hash = mixDouble(hash, slot.motion[axis]);
      sum += hash;
    }
    sum |= 0;
  }
  return sum === 0 ? 1 : sum >>> 0;
}
