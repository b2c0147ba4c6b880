// Writes View messages for tests: entities by handle, each with a whole track where it has news.

/**
 * @param {object} view
 * @param {number} view.tick
 * @param {number} [view.inputSequence]
 * @param {boolean} [view.fresh]
 * @param {{handle: number, tier?: number, counter: number}[]} [view.entered]
 * @param {{handle: number, age?: number, motion: number[]}[]} [view.placed]
 * @param {{handle: number, attitude: number, spin?: number[]}[]} [view.turned]
 */
export function viewBytes({ tick, inputSequence = 0, fresh = false, entered = [], placed = [], turned = [] }) {
  const view = new DataView(new ArrayBuffer(4096));
  let at = 0;
  const put = (kind, bytes, value) => {
    view[`set${kind}`](at, value, true);
    at += bytes;
  };
  const u8 = (value) => put('Uint8', 1, value);
  const i8 = (value) => put('Int8', 1, value);
  const u16 = (value) => put('Uint16', 2, value);
  const u32 = (value) => put('Uint32', 4, value);
  const u64 = (value) => put('BigUint64', 8, BigInt(value));
  const f32 = (value) => put('Float32', 4, value);
  const f64 = (value) => put('Float64', 8, value);
  const group = (bytes, entries, write) => {
    u16(bytes);
    u16(entries.length);
    entries.forEach(write);
  };
  [13, 5, 2, 1].forEach(u16);
  u64(tick);
  u32(inputSequence);
  u8(fresh ? 1 : 0);
  group(3, [], () => {});
  group(27, entered, ({ handle, tier = 0, counter }) => {
    u16(handle);
    u8(tier);
    u8(0);
    f32(10);
    u64(counter);
    u64(0);
    [-3, -5, -7].forEach(i8);
  });
  group(66, placed, ({ handle, age = 0, motion }) => {
    u16(handle);
    u32(age);
    motion.slice(0, 6).forEach(f64);
    motion.slice(6).forEach(f32);
  });
  group(5, [], () => {});
  group(14, [], () => {});
  group(16, [], () => {});
  group(12, turned, ({ handle, attitude, spin = [0, 0, 0] }) => {
    u16(handle);
    u32(attitude);
    spin.forEach((rate) => put('Int16', 2, Math.round(rate * 4096)));
  });
  group(4, [], () => {});
  group(4, [], () => {});
  return new Uint8Array(view.buffer, 0, at);
}

/** A seeded generator of numbers from 0 to 1. */
export function seeded(seed) {
  let state = seed | 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}
