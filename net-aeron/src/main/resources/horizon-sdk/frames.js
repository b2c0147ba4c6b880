/** Reads messages of the replication schema; every byte is described in docs/replication.md. */

export const TIERS = Object.freeze(['CLOSE', 'MEDIUM', 'LOW', 'SENSOR']);
export const SIZE_CLASSES = Object.freeze(['CRAFT', 'CAPITAL', 'STATION', 'BODY']);

const SCHEMA_ID = 2;
const HEADER_BYTES = 8;
const FRAME_BLOCK_BYTES = 28;
const VIEW_BLOCK_BYTES = 13;
const RECUT_BLOCK_BYTES = 40;
const RECUT_VERSION_MIN = 3;
const LEVEL_MAX = 3;
const AUDIENCE_LEVEL = 4;
/** Views have an origin since this version. */
const ORIGIN_SINCE = 3;
const VIEW_BLOCK_BYTES_MORE = 37;
const GLANCE_BLOCK_BYTES = 4;
/** Before it, frames had no groups of corrections: nothing of such a sender can be read. */
const VERSION_MIN = 1;
export const FRAME = 1;
export const BEACON = 3;
export const FORGET = 4;
export const VIEW = 5;
export const RECUT = 6;
export const GLANCE = 7;
export const KEYFRAME = 1;
export const MORE = 2;
/** Of a view: all handles are dropped first. */
export const FRESH = 1;
/** Of a recut: the channel that slots enter begins with it. */
export const OPENS = 1;

/** The fewest bytes of an entry, by group, in the order of the groups. */
const GROUPS = Object.freeze([
  ['left', 3], ['entered', 24], ['nudged', 5], ['kicked', 14], ['resting', 8], ['coasting', 14],
  ['driven', 20], ['wide', 38], ['turned', 12], ['stripped', 4],
]);
const VIEW_GROUPS = Object.freeze([
  ['left', 3], ['entered', 27], ['placed', 66], ['nudged', 5], ['kicked', 14], ['faced', 16],
  ['turned', 12], ['stripped', 4],
]);
/** Groups that messages have behind their components, since this version. */
const FLIGHTS_SINCE = 4;
const FLIGHT_GROUPS = Object.freeze([['steered', 11], ['flown', 56]]);
const VIEW_FLIGHT_GROUPS = Object.freeze([['steered', 11], ['flown', 60]]);
const GLANCE_FLIGHT_GROUPS = Object.freeze([
  ['shifted', 6], ['stripped', 4], ['steered', 8], ['guided', 10], ['flown', 33],
]);
const PATCH_ENTRY_BYTES = 3;
/** A step of a Glance that names no handle. */
const SKIP = 255;
const GLANCE_GROUPS = Object.freeze([['nudged', 3], ['kicked', 9], ['settled', 17], ['turned', 9]]);
const COMPONENT_ENTRY_BYTES = 4;
/** How the groups of messages begin, and how long the rows of a component claim to be. */
const WIDE = Object.freeze({
  headerBytes: 4, size: (view, at) => view.getUint16(at, true),
  count: (view, at) => view.getUint16(at + 2, true),
  lengthBytes: 4, length: (view, at) => view.getUint32(at, true), nameBytes: 2,
});
const BRIEF = Object.freeze({
  headerBytes: 2, size: (view, at) => view.getUint8(at),
  count: (view, at) => view.getUint8(at + 1),
  lengthBytes: 2, length: (view, at) => view.getUint16(at, true), nameBytes: 1,
});

/** A message that is not what the schema says, or contradicts what is held. */
export class ReplicationError extends Error {
  /** @param {string} code HZ-REP-001 for a malformed message, HZ-REP-002 for a contradiction */
  constructor(code, message) {
    super(message);
    this.name = 'ReplicationError';
    this.code = code;
  }
}

export function malformed(why) {
  return new ReplicationError('HZ-REP-001', `not a replication message: ${why}`);
}

function u64(view, at) {
  return view.getUint32(at + 4, true) * 0x100000000 + view.getUint32(at, true);
}

/**
 * Checks one message and finds its parts.
 * @param {ArrayBuffer|Uint8Array} bytes
 * @returns a frame, view, beacon or forget, whose groups stay in the message and are read by
 *   offset; of a template that this version doesn't know, null
 */
export function parseMessage(bytes) {
  const view = ArrayBuffer.isView(bytes)
    ? new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new DataView(bytes);
  if (view.byteLength < HEADER_BYTES) throw malformed('it has no header');
  const blockBytes = view.getUint16(0, true);
  const template = view.getUint16(2, true);
  const schema = view.getUint16(4, true);
  if (schema !== SCHEMA_ID) throw malformed(`its schema is ${schema}`);
  const version = view.getUint16(6, true);
  if (version < VERSION_MIN) throw malformed(`its version ${version} is older than can be read`);
  const end = HEADER_BYTES + blockBytes;
  if (end > view.byteLength) throw malformed('its block ends beyond it');
  switch (template) {
    case FRAME: return parseFrame(view, blockBytes, end);
    case VIEW: return parseView(view, blockBytes, end, version);
    case GLANCE: return parseGlance(view, blockBytes, end);
    case RECUT: return parseRecut(view, blockBytes, end);
    case BEACON: return parseBeacon(view, blockBytes, end);
    case FORGET:
      if (blockBytes < 16) throw malformed('a short Forget');
      return { template, channelId: view.getBigUint64(8, true), tick: u64(view, 16) };
    default: return null;
  }
}

function parseFrame(view, blockBytes, start) {
  if (blockBytes < FRAME_BLOCK_BYTES) throw malformed('a short Frame');
  const frame = {
    template: FRAME,
    view,
    channelId: view.getBigUint64(8, true),
    tick: u64(view, 16),
    sequence: view.getUint32(24, true),
    cellEdge: view.getFloat32(28, true),
    flags: view.getUint8(32),
    steps: stepsOf(view, 33),
  };
  return parseGroups(frame, GROUPS, FLIGHT_GROUPS, start);
}

function parseView(view, blockBytes, start, version) {
  const hasOrigin = version >= ORIGIN_SINCE;
  if (blockBytes < (hasOrigin ? VIEW_BLOCK_BYTES_MORE : VIEW_BLOCK_BYTES)) throw malformed('a short View');
  const message = {
    template: VIEW,
    view,
    tick: u64(view, 8),
    inputSequence: view.getUint32(16, true),
    flags: view.getUint8(20),
    origin: hasOrigin ? [21, 29, 37].map((at) => view.getFloat64(at, true)) : null,
  };
  return parseGroups(message, VIEW_GROUPS, VIEW_FLIGHT_GROUPS, start);
}

function parseRecut(view, blockBytes, start) {
  if (blockBytes < RECUT_BLOCK_BYTES) throw malformed('a short Recut');
  if (view.getUint16(6, true) < RECUT_VERSION_MIN) throw malformed('a Recut of an old version');
  const message = {
    template: RECUT,
    view,
    tick: u64(view, 8),
    fromChannelId: view.getBigUint64(16, true),
    toChannelId: view.getBigUint64(24, true),
    fromSequence: view.getUint32(32, true),
    toSequence: view.getUint32(36, true),
    cellEdge: view.getFloat32(40, true),
    flags: view.getUint8(44),
    steps: stepsOf(view, 45),
    moved: groupAt(view, start, 5),
  };
  const { moved } = message;
  if (moved.at + moved.entryBytes * moved.count > view.byteLength) {
    throw malformed('a Recut ends beyond it');
  }
  if (!isRecut(channelOf(message.fromChannelId), channelOf(message.toChannelId))) {
    throw malformed('a Recut of cells that are apart');
  }
  return message;
}

/** Its tick and input sequence are only their lowest 16 bits: who holds the latest adds the rest. */
function parseGlance(view, blockBytes, start) {
  if (blockBytes < GLANCE_BLOCK_BYTES) throw malformed('a short Glance');
  const message = {
    template: GLANCE,
    view,
    tickBits: view.getUint16(8, true),
    inputBits: view.getUint16(10, true),
  };
  parseGroups(message, GLANCE_GROUPS, GLANCE_FLIGHT_GROUPS, start, BRIEF);
  message.patched = message.hasFlights ? parsePatches(view, message.end) : [];
  return message;
}

/** Steps of rows, from the three exponents that stand at an offset. */
export function stepsOf(view, at) {
  const velocity = view.getInt8(at + 1);
  return {
    place: 2 ** view.getInt8(at),
    velocity: 2 ** velocity,
    acceleration: 2 ** view.getInt8(at + 2),
    kick: 2 ** (velocity + 2),
    settled: 2 ** (view.getInt8(at) - 2),
    settledVelocity: 2 ** (velocity - 1),
    grid: 2 ** (view.getInt8(at) - 2),
    speed: 2 ** (view.getInt8(at) - 3),
  };
}

/**
 * Finds the groups of a message and the rows of its components, and the groups behind them, which
 * older messages lack.
 */
function parseGroups(message, groups, flightGroups, start, form = WIDE) {
  const { view } = message;
  let at = parseRows(message, groups, start, form);
  at = parseComponents(message, at, form);
  message.hasFlights = view.getUint16(6, true) >= FLIGHTS_SINCE;
  if (message.hasFlights) {
    at = parseRows(message, flightGroups, at, form);
  } else {
    for (const [name] of flightGroups) message[name] = { at: 0, entryBytes: 0, count: 0 };
  }
  message.end = at;
  return message;
}

function parseRows(message, groups, start, form) {
  const { view } = message;
  let at = start;
  for (const [name, bytesMin] of groups) {
    const group = groupAt(view, at, bytesMin, form);
    message[name] = group;
    at = group.at + group.entryBytes * group.count;
    if (at > view.byteLength) throw malformed(`group ${name} ends beyond it`);
  }
  return at;
}

/** Patches of component rows: their lengths vary, so each is looked at. */
function parsePatches(view, start) {
  const entries = groupAt(view, start, PATCH_ENTRY_BYTES, BRIEF);
  const patches = [];
  let at = entries.at;
  for (let i = 0; i < entries.count; i++) {
    const rowsAt = at + entries.entryBytes + BRIEF.lengthBytes;
    if (rowsAt > view.byteLength) throw malformed('patches end beyond it');
    const rowBytes = view.getUint8(at + 2);
    const end = rowsAt + BRIEF.length(view, rowsAt - BRIEF.lengthBytes);
    if (end > view.byteLength) throw malformed('a patch ends beyond it');
    const maskBytes = (rowBytes + 7) >> 3;
    for (let row = rowsAt; row < end; row = patchEnd(view, row, maskBytes)) {
      const skips = view.getUint8(row) === SKIP;
      if (!skips && (row + 1 + maskBytes > end || patchEnd(view, row, maskBytes) > end)) {
        throw malformed('a patch ends within its bytes');
      }
    }
    patches.push({ componentId: view.getUint16(at, true), rowBytes, maskBytes, at: rowsAt, end });
    at = end;
  }
  return patches;
}

/** Where the patch at an offset ends. */
export function patchEnd(view, at, maskBytes) {
  if (view.getUint8(at) === SKIP) return at + 1;
  let end = at + 1 + maskBytes;
  for (let i = at + 1; i < at + 1 + maskBytes; i++) {
    for (let bits = view.getUint8(i); bits !== 0; bits &= bits - 1) end++;
  }
  return end;
}

function parseComponents(message, start, form) {
  const { view } = message;
  let at = start;
  message.components = [];
  const entries = groupAt(view, at, COMPONENT_ENTRY_BYTES, form);
  at = entries.at;
  for (let i = 0; i < entries.count; i++) {
    const rowsAt = at + entries.entryBytes + form.lengthBytes;
    if (rowsAt > view.byteLength) throw malformed('components end beyond it');
    const rowBytes = view.getUint16(at + 2, true);
    const length = form.length(view, rowsAt - form.lengthBytes);
    if (rowsAt + length > view.byteLength || length % (rowBytes + form.nameBytes) !== 0) {
      throw malformed('rows of a component end beyond it');
    }
    message.components.push({
      componentId: view.getUint16(at, true), rowBytes, at: rowsAt, end: rowsAt + length,
    });
    at = rowsAt + length;
  }
  return at;
}

function parseBeacon(view, blockBytes, start) {
  if (blockBytes < 8) throw malformed('a short Beacon');
  const group = groupAt(view, start, 12);
  const hasChecksums = view.getUint16(6, true) >= 2 && group.entryBytes >= 16;
  if (group.at + group.entryBytes * group.count > view.byteLength) {
    throw malformed('a Beacon ends beyond it');
  }
  const channels = [];
  for (let i = 0, at = group.at; i < group.count; i++, at += group.entryBytes) {
    channels.push({
      channelId: view.getBigUint64(at, true), sequence: view.getUint32(at + 8, true),
      checksum: hasChecksums ? view.getUint32(at + 12, true) : 0,
    });
  }
  return { template: BEACON, tick: u64(view, 8), channels };
}

function groupAt(view, at, bytesMin, form = WIDE) {
  if (at + form.headerBytes > view.byteLength) throw malformed('a group is missing');
  const entryBytes = form.size(view, at);
  const count = form.count(view, at);
  if (entryBytes < bytesMin) throw malformed('a group has short entries');
  return { at: at + form.headerBytes, entryBytes, count };
}

/** One coordinate of a cell, from the 20 bits that it shares with one of the level's. */
function cell(channelId, shift) {
  return Number(BigInt.asIntN(19, channelId >> shift));
}

/** One bit of a cell's level: whether the bit before a coordinate differs from its sign. */
function levelBit(channelId, shift) {
  return Number(((channelId >> (shift + 19n)) ^ (channelId >> (shift + 18n))) & 1n);
}

/**
 * What a channel's id says. A cell of level n has an edge of 2^-n of that of level 0. Level 4 marks what
 * only an audience sees: each coordinate gives six of its bits to the audience's number.
 */
export function channelOf(channelId) {
  const level = 4 * levelBit(channelId, 40n) + 2 * levelBit(channelId, 20n) + levelBit(channelId, 0n);
  const [x, y, z] = [cell(channelId, 40n), cell(channelId, 20n), cell(channelId, 0n)];
  const isShared = level !== AUDIENCE_LEVEL;
  return {
    sizeClass: Number(channelId >> 62n),
    tier: Number((channelId >> 60n) & 3n),
    level,
    audience: isShared ? 0 : ((x >> 13) & 63) << 12 | ((y >> 13) & 63) << 6 | (z >> 13) & 63,
    cellX: isShared ? x : x << 19 >> 19,
    cellY: isShared ? y : y << 19 >> 19,
    cellZ: isShared ? z : z << 19 >> 19,
  };
}

/** True when one channel's cell is a part of the other's. */
export function isPart(whole, part) {
  const up = part.level - whole.level;
  return up > 0 && part.level <= LEVEL_MAX && whole.level <= LEVEL_MAX
    && whole.sizeClass === part.sizeClass && whole.tier === part.tier
    && whole.cellX === part.cellX >> up && whole.cellY === part.cellY >> up
    && whole.cellZ === part.cellZ >> up;
}

function isRecut(from, to) {
  return isPart(from, to) || isPart(to, from);
}

const ATTITUDE_STEPS = 511 * Math.SQRT2;

/**
 * A quaternion of smallest three.
 * @param {number} packed 32 bits
 * @param {number[]|Float64Array} out receives x, y, z, w
 */
export function unpackAttitude(packed, out) {
  const left = packed >>> 30;
  let shift = 20;
  let squares = 0;
  for (let i = 0; i < 4; i++) {
    if (i === left) continue;
    const part = (((packed >>> shift) & 0x3ff) - 511) / ATTITUDE_STEPS;
    out[i] = part;
    squares += part * part;
    shift -= 10;
  }
  out[left] = Math.sqrt(Math.max(0, 1 - squares));
  return out;
}
