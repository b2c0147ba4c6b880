// The browser SDK against the vectors that the Java codecs are held to. Run by `node --test`;
// GOLDEN names the folder of vectors, SDK the folder of modules.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { seeded } from './views.mjs';

const GOLDEN = process.env.GOLDEN;
const SDK = process.env.SDK;
const sdk = (name) => import(pathToFileURL(join(SDK, name)).href);
const { Replica, ComponentCatalogue, ReplicationError, extrapolateAttitude, messagesOf } =
  await sdk('horizon.js');
const { parseMessage, channelOf, unpackAttitude, FRAME, GLANCE, RECUT, VIEW } =
  await sdk('frames.js');
const codec = await sdk('session-codec.js');

const bytes = (name) => new Uint8Array(readFileSync(join(GOLDEN, `${name}.bin`)));
const json = (name) => JSON.parse(readFileSync(join(GOLDEN, `${name}.json`), 'utf8'));
const names = readdirSync(GOLDEN)
  .filter((file) => file.startsWith('replication-') && file.endsWith('.json'))
  .map((file) => file.slice(0, -5));

const ids = (value) => (BigInt(value) >> 40n) + ':' + (BigInt(value) & 0xffffffffffn);

/** How each group's fields lie in an entry. */
const LAYOUT = {
  left: { slot: ['u16', 0], gone: ['u8', 2] },
  entered: {
    slot: ['u16', 0], generation: ['u8', 2], sizeClass: ['u8', 3], radius: ['f32', 4],
    entityId: ['u64', 8], parentId: ['u64', 16],
  },
  nudged: { slot: ['u16', 0], dx: ['i8', 2], dy: ['i8', 3], dz: ['i8', 4] },
  kicked: {
    slot: ['u16', 0], dx: ['i8', 2], dy: ['i8', 3], dz: ['i8', 4],
    dvx: ['i8', 5], dvy: ['i8', 6], dvz: ['i8', 7],
    ax: ['i16', 8], ay: ['i16', 10], az: ['i16', 12],
  },
  resting: { slot: ['u16', 0], x: ['i16', 2], y: ['i16', 4], z: ['i16', 6] },
  coasting: {
    slot: ['u16', 0], x: ['i16', 2], y: ['i16', 4], z: ['i16', 6],
    vx: ['i16', 8], vy: ['i16', 10], vz: ['i16', 12],
  },
  driven: {
    slot: ['u16', 0], x: ['i16', 2], y: ['i16', 4], z: ['i16', 6],
    vx: ['i16', 8], vy: ['i16', 10], vz: ['i16', 12],
    ax: ['i16', 14], ay: ['i16', 16], az: ['i16', 18],
  },
  wide: {
    slot: ['u16', 0], x: ['i32', 2], y: ['i32', 6], z: ['i32', 10],
    vx: ['f32', 14], vy: ['f32', 18], vz: ['f32', 22], ax: ['f32', 26], ay: ['f32', 30], az: ['f32', 34],
  },
  turned: { slot: ['u16', 0], attitude: ['u32', 2], wx: ['i16', 6], wy: ['i16', 8], wz: ['i16', 10] },
  stripped: { slot: ['u16', 0], componentId: ['u16', 2] },
};
const VIEW_LAYOUT = {
  left: { handle: ['u16', 0], gone: ['u8', 2] },
  entered: {
    handle: ['u16', 0], tier: ['u8', 2], sizeClass: ['u8', 3], radius: ['f32', 4],
    entityId: ['u64', 8], parentId: ['u64', 16],
    placeExponent: ['i8', 24], velocityExponent: ['i8', 25], accelerationExponent: ['i8', 26],
  },
  placed: {
    handle: ['u16', 0], age: ['u32', 2], x: ['f64', 6], y: ['f64', 14], z: ['f64', 22],
    vx: ['f64', 30], vy: ['f64', 38], vz: ['f64', 46], ax: ['f32', 54], ay: ['f32', 58], az: ['f32', 62],
  },
  nudged: handled(LAYOUT.nudged),
  kicked: handled(LAYOUT.kicked),
  faced: {
    handle: ['u16', 0], age: ['u32', 2], attitude: ['u32', 6],
    wx: ['i16', 10], wy: ['i16', 12], wz: ['i16', 14],
  },
  turned: handled(LAYOUT.turned),
  stripped: handled(LAYOUT.stripped),
};
const GLANCE_LAYOUT = {
  nudged: { step: ['u8', 0], offset: ['u16', 1] },
  kicked: { step: ['u8', 0], change: ['u32', 1], pull: ['u32', 5] },
  settled: {
    step: ['u8', 0], x: ['i16', 1], y: ['i16', 3], z: ['i16', 5],
    vx: ['i16', 7], vy: ['i16', 9], vz: ['i16', 11], pull: ['u32', 13],
  },
  turned: { step: ['u8', 0], attitude: ['u32', 1], spin: ['u32', 5] },
};
const FLOWN = (at) => ({
  x: ['f64', at], y: ['f64', at + 8], z: ['f64', at + 16],
  vx: ['f32', at + 24], vy: ['f32', at + 28], vz: ['f32', at + 32],
  attitude: ['u32', at + 36], turn: ['u32', at + 40], thrust: ['u32', at + 44], spin: ['u32', at + 48],
  ramp: ['u16', at + 52],
});
const STEERED = { slot: ['u16', 0], thrust: ['u32', 2], spin: ['u32', 6], age: ['u8', 10] };
const FLIGHT_LAYOUT = { steered: STEERED, flown: { slot: ['u16', 0], ...FLOWN(2) } };
const VIEW_FLIGHT_LAYOUT = {
  steered: handled(STEERED), flown: { handle: ['u16', 0], age: ['u32', 2], ...FLOWN(6) },
};
const GLANCE_FLIGHT_LAYOUT = {
  shifted: {
    handle: ['u16', 0], tier: ['u8', 2],
    placeExponent: ['i8', 3], velocityExponent: ['i8', 4], accelerationExponent: ['i8', 5],
  },
  stripped: { handle: ['u16', 0], componentId: ['u16', 2] },
  steered: { step: ['u8', 0], thrust: ['u32', 1], spinX: ['u8', 5], spinY: ['u8', 6], spinZ: ['u8', 7] },
  guided: { handle: ['u16', 0], thrust: ['u32', 2], spin: ['u32', 6] },
  flown: {
    handle: ['u16', 0], age: ['u8', 2], x: ['i16', 3], y: ['i16', 5], z: ['i16', 7],
    vx: ['i16', 9], vy: ['i16', 11], vz: ['i16', 13],
    attitude: ['u32', 15], turn: ['u32', 19], thrust: ['u32', 23], spin: ['u32', 27], ramp: ['u16', 31],
  },
};
function handled({ slot, ...rest }) { return { handle: slot, ...rest }; }
const READ = {
  u8: (view, at) => view.getUint8(at),
  i8: (view, at) => view.getInt8(at),
  u16: (view, at) => view.getUint16(at, true),
  i16: (view, at) => view.getInt16(at, true),
  u32: (view, at) => view.getUint32(at, true),
  i32: (view, at) => view.getInt32(at, true),
  f64: (view, at) => view.getFloat64(at, true),
  f32: (view, at) => view.getFloat32(at, true),
  u64: (view, at) => view.getBigUint64(at, true).toString(),
};

function fieldsOf(frame) {
  const fields = {
    channelId: frame.channelId.toString(),
    tick: String(frame.tick),
    sequence: frame.sequence,
    cellEdge: frame.cellEdge,
    flags: frame.flags,
    placeExponent: Math.log2(frame.steps.place),
    velocityExponent: Math.log2(frame.steps.velocity),
    accelerationExponent: Math.log2(frame.steps.acceleration),
  };
  return withGroups(fields, frame, { ...LAYOUT, ...FLIGHT_LAYOUT });
}

function fieldsOfView(message) {
  const { tick, inputSequence, flags, origin } = message;
  const [originX, originY, originZ] = origin;
  const fields = { tick: String(tick), inputSequence, flags, originX, originY, originZ };
  return withGroups(fields, message, { ...VIEW_LAYOUT, ...VIEW_FLIGHT_LAYOUT });
}

function fieldsOfGlance(message) {
  const fields = { tick: message.tickBits, inputSequence: message.inputBits };
  withGroups(fields, message, { ...GLANCE_LAYOUT, ...GLANCE_FLIGHT_LAYOUT });
  fields.patched = rowsOf(message.patched, message);
  return fields;
}

function fieldsOfRecut(message) {
  const { view, moved, fromSequence, toSequence, cellEdge, flags, steps } = message;
  return {
    tick: String(message.tick),
    fromChannelId: String(message.fromChannelId),
    toChannelId: String(message.toChannelId),
    fromSequence,
    toSequence,
    cellEdge,
    flags,
    placeExponent: Math.log2(steps.place),
    velocityExponent: Math.log2(steps.velocity),
    accelerationExponent: Math.log2(steps.acceleration),
    moved: Array.from({ length: moved.count }, (_, i) => {
      const at = moved.at + i * moved.entryBytes;
      return {
        slot: view.getUint16(at, true),
        newSlot: view.getUint16(at + 2, true),
        newGeneration: view.getUint8(at + 4),
      };
    }),
  };
}

function withGroups(fields, frame, layouts) {
  for (const [name, layout] of Object.entries(layouts)) {
    const group = frame[name];
    fields[name] = Array.from({ length: group.count }, (_, i) =>
      Object.fromEntries(Object.entries(layout).map(([field, [kind, offset]]) =>
        [field, READ[kind](frame.view, group.at + i * group.entryBytes + offset)])));
  }
  fields.components = rowsOf(frame.components, frame);
  return fields;
}

function rowsOf(entries, { view }) {
  return entries.map(({ componentId, rowBytes, at, end }) => ({
    componentId,
    rowBytes,
    rows: Buffer.from(view.buffer, view.byteOffset + at, end - at).toString('hex'),
  }));
}

test('there are vectors', () => assert.ok(names.length >= 3, names.join()));

for (const name of names) {
  test(`${name} says what its description says`, () => {
    const { template, fields } = json(name);
    const message = parseMessage(bytes(name));
    if (template === 'Frame') {
      assert.equal(message.template, FRAME);
      assert.deepEqual(fieldsOf(message), fields);
    } else if (template === 'View') {
      assert.equal(message.template, VIEW);
      assert.deepEqual(fieldsOfView(message), fields);
    } else if (template === 'Recut') {
      assert.equal(message.template, RECUT);
      assert.deepEqual(fieldsOfRecut(message), fields);
    } else if (template === 'Glance') {
      assert.equal(message.template, GLANCE);
      assert.deepEqual(fieldsOfGlance(message), fields);
    } else {
      const got = { ...message, channelId: message.channelId?.toString(), tick: String(message.tick) };
      got.channels = message.channels?.map((entry) => ({ ...entry, channelId: String(entry.channelId) }));
      for (const [field, expected] of Object.entries(fields)) assert.deepEqual(got[field], expected);
    }
  });

  test(`${name} cut anywhere is refused`, () => {
    const whole = bytes(name);
    for (let length = 0; length < whole.length; length++) {
      assert.throws(() => parseMessage(whole.slice(0, length)), ReplicationError);
    }
  });
}

test('the keyframe means what it says, now and a second later', () => {
  const { meaning, fields } = json('replication-keyframe');
  const replica = new Replica({ tickHz: 20 });
  assert.equal(replica.apply(bytes('replication-keyframe')), true);
  assert.equal([...replica.entities()].length, fields.entered.length);
  const tick = Number(fields.tick);
  for (const { entityId, place, placeAfter20Ticks } of meaning) {
    const entity = replica.find(ids(entityId));
    const now = replica.place(entity, tick);
    const later = replica.place(entity, tick + 20);
    assert.deepEqual([now.x, now.y, now.z], place);
    assert.deepEqual([later.x, later.y, later.z], placeAfter20Ticks);
  }
  const rider = replica.find('0:15');
  assert.equal(rider.parent, '0:13');
  assert.equal(replica.place(rider, tick), null);
  assert.equal(replica.find('0:14').sizeClass, 'CAPITAL');
  assert.equal(replica.find('0:14').tier, 'CLOSE');
});

test('changes follow the keyframe, and a forgotten channel is gone', () => {
  const left = [];
  const replica = new Replica({ onLeave: (entity, gone) => left.push(`${entity.id} ${gone}`) });
  replica.apply(bytes('replication-keyframe'));
  replica.apply(bytes('replication-changes'));
  assert.deepEqual(left, ['0:11 true', '0:14 false']);
  assert.ok(replica.find('0:16'));
  for (const { entityId, place, placeAfter20Ticks } of json('replication-changes').meaning) {
    const near = (at, expected) => ['x', 'y', 'z'].forEach((axis, i) =>
      assert.ok(Math.abs(at[axis] - expected[i]) < 1e-9, `${entityId} ${axis}`));
    near(replica.place(replica.find(ids(entityId)), 101), place);
    near(replica.place(replica.find(ids(entityId)), 121), placeAfter20Ticks);
  }
  assert.equal(replica.apply(bytes('replication-changes')), false);
  replica.apply(bytes('replication-forget'));
  assert.equal([...replica.entities()].length, 0);
  assert.equal(replica.channels.size, 0);
});

test('what a cell holds goes over to its parts, and nobody leaves', () => {
  const told = [];
  const gaps = [];
  const replica = new Replica({
    tickHz: 20,
    onEnter: (entity) => told.push(`+${entity.id}`),
    onLeave: (entity) => told.push(`-${entity.id}`),
    onGap: (id) => gaps.push(id),
  });
  replica.apply(bytes('replication-keyframe'));
  replica.apply(bytes('replication-changes'));
  const whole = parseMessage(bytes('replication-recut')).fromChannelId;
  const part = parseMessage(bytes('replication-recut')).toChannelId;
  assert.deepEqual(channelOf(part), {
    sizeClass: 0, tier: 0, level: 1, audience: 0, cellX: 6, cellY: -3, cellZ: 1,
  });
  const before = replica.place(replica.find('0:13'), 140);
  told.length = 0;
  assert.equal(replica.apply(bytes('replication-recut')), true);
  assert.deepEqual(replica.place(replica.find('0:13'), 140), before);
  assert.equal(replica.channels.get(whole).slots.size, 0);
  assert.deepEqual([...replica.channels.get(part).slots.keys()], [0, 1, 300, 2]);
  assert.equal(replica.channels.get(part).sequence, 1617);
  assert.equal(replica.apply(bytes('replication-recut')), false, 'a repeated one');
  // Merged again, under the numbers that follow.
  const back = bytes('replication-recut');
  const view = new DataView(back.buffer);
  view.setBigUint64(16, part, true);
  view.setBigUint64(24, whole, true);
  view.setUint32(32, 1618, true);
  view.setUint32(36, 65_539, true);
  view.setUint8(44, 0);
  const { moved } = parseMessage(back);
  for (const [i, [slot, newSlot]] of [[0, 9], [1, 1], [300, 2], [2, 5]].entries()) {
    view.setUint16(moved.at + 5 * i, slot, true);
    view.setUint16(moved.at + 5 * i + 2, newSlot, true);
  }
  assert.equal(replica.apply(back), true);
  assert.deepEqual([...replica.channels.get(whole).slots.keys()], [9, 1, 2, 5]);
  assert.deepEqual(told, []);
  assert.deepEqual(gaps, []);
  replica.apply(bytes('replication-forget'));
  assert.equal(replica.channels.size, 0, 'the parts with the whole');
});

test('a recut after a loss is a loss of both channels', () => {
  const gaps = [];
  const replica = new Replica({ onGap: (id) => gaps.push(id) });
  replica.apply(bytes('replication-keyframe'));
  assert.equal(replica.apply(bytes('replication-recut')), false);
  const { fromChannelId } = parseMessage(bytes('replication-recut'));
  assert.deepEqual(gaps, [fromChannelId]);
  assert.equal([...replica.entities()].length, 5, 'what was held stays');
});

/** Says what a vector means, at its tick and 20 later. */
function assertMeaning(replica, name) {
  const { meaning, fields } = json(name);
  for (const { entityId, place, placeAfter20Ticks } of meaning) {
    const entity = replica.find(ids(entityId));
    for (const [tick, expected] of [[0, place], [20, placeAfter20Ticks]]) {
      const at = replica.place(entity, Number(fields.tick) + tick);
      assert.deepEqual([at.x, at.y, at.z], expected, `${name}: ${entityId} after ${tick}`);
    }
  }
}

test('views follow one another, to the bit', () => {
  const told = [];
  const replica = new Replica({
    tickHz: 20,
    onEnter: (entity) => told.push(`+${entity.id}`),
    onLeave: (entity, gone) => told.push(`-${entity.id} ${gone}`),
  });
  assert.equal(replica.apply(bytes('replication-view-fresh')), true);
  assertMeaning(replica, 'replication-view-fresh');
  assert.equal(replica.inputSequence, 41);
  const rider = replica.find('0:23');
  assert.equal(rider.parent, '0:21');
  assert.equal(replica.place(rider, 100), null);
  assert.equal(replica.apply(bytes('replication-view')), true);
  assertMeaning(replica, 'replication-view');
  assert.equal(replica.inputSequence, 42);
  assert.equal(replica.viewTick, 120);
  assert.deepEqual(told, ['+0:21', '+0:22', '+0:29', '+0:23', '-0:29 false', '+0:17']);
  const entered = replica.find('0:17');
  assert.equal(entered.tier, 'MEDIUM');
  const faced = replica.place(entered, 120);
  assert.ok(Math.abs(faced.qz) > 0.4 && Math.abs(faced.qx) < 1e-9, 'turned for 40 ticks');
  assert.equal(replica.apply(bytes('replication-glance')), true);
  assertMeaning(replica, 'replication-glance');
  assert.equal(replica.inputSequence, 43);
  assert.equal(replica.viewTick, 140);
  assert.deepEqual([...replica.find('0:21').slots[0].rows.get(0x1234).row], [0, 0, 64, 65]);
  const half = replica.place(replica.find('0:17'), 150);
  assert.ok(Math.abs(half.qz - Math.sin(0.25)) < 1e-9, 'turns at a radian a second');
  assert.equal(replica.apply(bytes('replication-glance-flight')), true);
  assertMeaning(replica, 'replication-glance-flight');
  assert.equal(entered.tier, 'CLOSE');
  assert.deepEqual(
    [...replica.find('0:21').slots[0].rows.get(0x1234).row], [0, 0x77, 0x88, 65]);
  assert.equal(replica.apply(bytes('replication-glance-steered')), true);
  assertMeaning(replica, 'replication-glance-steered');
  // A fresh one replaces all; what it names again never leaves.
  told.length = 0;
  replica.apply(bytes('replication-view-fresh'));
  assert.deepEqual(told, ['+0:29', '-0:17 false']);
});

test('what is steered flies as at the node, to the bit', () => {
  const replica = new Replica({ tickHz: 20 });
  for (const name of ['replication-flight', 'replication-flight-steered']) {
    assert.equal(replica.apply(bytes(name)), true);
    assertMeaning(replica, name);
  }
  assert.throws(() => {
    const other = new Replica({ tickHz: 20 });
    other.apply(bytes('replication-flight'));
    other.find('0:13').slots[0].flight = null;
    other.apply(bytes('replication-flight-steered'));
  }, { code: 'HZ-REP-002' });
});

test('what another node says replaces what was held, and time goes on', () => {
  const told = [];
  const replica = new Replica({
    tickHz: 20,
    onEnter: (entity) => told.push(`+${entity.id}`),
    onLeave: (entity) => told.push(`-${entity.id}`),
  });
  replica.applyBundle(bundle(bytes('replication-keyframe'), bytes('replication-view-fresh')));
  const stays = replica.find('0:21');
  const there = { ...replica.place(stays, 120) };
  replica.applyBundle(bundle(bytes('replication-view')));
  const before = replica.lastTick;
  const held = [...replica.entities()].length;
  told.length = 0;
  replica.moved(50_000);
  assert.equal([...replica.entities()].length, held, 'shown until the other has spoken');
  assert.equal(replica.applyBundle(bundle(bytes('session-pong'))), false);
  assert.equal([...replica.entities()].length, held);
  replica.applyBundle(bundle(bytes('replication-view-fresh')));
  assert.equal(replica.find('0:21'), stays, 'it never left');
  assert.ok(!told.includes('-0:21') && told.includes('-0:17'), told.join());
  assert.equal(replica.channels.size, 0);
  assert.equal(replica.viewTick, 50_100);
  assert.deepEqual(replica.place(stays, 50_120), there, 'the same at its tick of there');
  assert.ok(before < replica.lastTick);
  replica.applyBundle(bundle(bytes('replication-view')));
  replica.applyBundle(bundle(bytes('replication-glance')));
  assert.equal(replica.viewTick, 50_140, 'the lowest bits of a tick are the node\'s');
  replica.reset();
  assert.equal(replica.tickOffset, 0);
});

test('to enter again under one handle is to change the tier', () => {
  const told = [];
  const replica = new Replica({
    onEnter: (entity) => told.push(entity.id), onLeave: (entity) => told.push(`-${entity.id}`),
  });
  replica.apply(bytes('replication-view-fresh'));
  replica.apply(bytes('replication-view'));
  const entity = replica.find('0:17');
  told.length = 0;
  const nearer = bytes('replication-view');
  const { left, entered, nudged, kicked, turned, stripped } = parseMessage(nearer);
  // Without the rows of others, nothing but handle 3 is left; groups keep their bytes but no entry.
  const view = new DataView(nearer.buffer);
  view.setUint8(entered.at + 2, 0);
  const rest = [left, nudged, kicked, turned, stripped];
  const cut = [];
  for (let at = 0; at < nearer.length; at++) {
    const gone = rest.some((group) => at >= group.at && at < group.at + group.entryBytes * group.count);
    if (!gone) cut.push(nearer[at]);
  }
  const out = Uint8Array.from(cut);
  let shift = 0;
  for (const group of rest) {
    new DataView(out.buffer).setUint16(group.at - 2 - shift, 0, true);
    shift += group.entryBytes * group.count;
  }
  assert.equal(replica.apply(out), true);
  assert.equal(replica.find('0:17'), entity);
  assert.equal(entity.tier, 'CLOSE');
  assert.equal(entity.slots.length, 1);
  assert.deepEqual(told, []);
});

test('the nearest of view and channels wins, and either alone keeps an entity', () => {
  const told = [];
  const replica = new Replica({ onLeave: (entity) => told.push(entity.id) });
  replica.apply(bytes('replication-keyframe'));
  const shared = bytes('replication-view-fresh');
  const { entered } = parseMessage(shared);
  // Handle 2, MEDIUM, is now the entity that the CLOSE channel holds as 0:12.
  new DataView(shared.buffer).setUint8(entered.at + entered.entryBytes + 8, 12);
  replica.apply(shared);
  const entity = replica.find('0:12');
  assert.equal(entity.tier, 'CLOSE');
  assert.equal(entity.slots.length, 2);
  replica.apply(bytes('replication-forget'));
  assert.equal(entity.tier, 'MEDIUM');
  assert.equal(replica.place(entity, 95).x, -1000);
  assert.ok(!told.includes('0:12'));
});

test('a view that contradicts what is held waits for a fresh one', () => {
  const replica = new Replica();
  assert.throws(() => replica.apply(bytes('replication-view')), { code: 'HZ-REP-002' });
  assert.equal(replica.viewIsWhole, false);
  assert.equal(replica.apply(bytes('replication-view')), false);
  assert.equal(replica.apply(bytes('replication-view-fresh')), true);
  assert.equal(replica.apply(bytes('replication-view')), true);
  assert.equal(replica.viewIsWhole, true);
});

function bundle(...messages) {
  const parts = messages.map((message) => {
    const part = new Uint8Array(2 + message.length);
    new DataView(part.buffer).setUint16(0, message.length, true);
    part.set(message, 2);
    return part;
  });
  return Buffer.concat(parts);
}

test('a bundle holds several messages, of templates known or not', () => {
  const replica = new Replica();
  const unknown = bytes('replication-forget');
  new DataView(unknown.buffer).setUint16(2, 99, true);
  const session = bytes('session-pong');
  assert.throws(
    () => replica.applyBundle(bundle(
      bytes('replication-keyframe'), unknown, session, new Uint8Array(9),
      bytes('replication-view-fresh'))),
    { code: 'HZ-REP-001' });
  assert.equal([...replica.entities()].length, 9, 'what came after the stranger was applied');
  assert.equal(replica.applyBundle(bundle(unknown)), false);
  assert.equal(replica.applyBundle(bundle(session)), false);
  for (const name of names) {
    assert.equal(messagesOf(bundle(bytes(name))).length, 1, `${name} in a bundle`);
    assert.equal(messagesOf(bundle(bytes(name), bytes('replication-beacon'))).length, 2);
  }
  assert.equal(messagesOf(new Uint8Array(0)).length, 0);
  const whole = bundle(bytes('replication-forget'), bytes('replication-beacon'));
  for (let length = 1; length < whole.length; length++) {
    if (length === 2 + bytes('replication-forget').length) continue;
    assert.throws(() => messagesOf(whole.subarray(0, length)), ReplicationError, String(length));
  }
});

test('what an older or newer sender says is refused, or read by its lengths', () => {
  const old = bytes('replication-forget');
  new DataView(old.buffer).setUint16(6, 0, true);
  assert.throws(() => new Replica().apply(old), { code: 'HZ-REP-001' });
  const replica = new Replica();
  const message = bytes('replication-view-fresh');
  // A later version's block is longer by a field.
  const newer = new Uint8Array(message.length + 4);
  newer.set(message.subarray(0, 45));
  newer.set(message.subarray(45), 49);
  new DataView(newer.buffer).setUint16(0, 41, true);
  new DataView(newer.buffer).setUint16(6, 9, true);
  assert.equal(replica.apply(newer), true);
  assertMeaning(replica, 'replication-view-fresh');
});

for (const folder of ['old/replication-1', 'old/replication-2', 'old/replication-3', 'later']) {
  test(`vectors of ${folder} are understood`, () => {
    const replica = new Replica();
    const names = ['keyframe', 'changes', 'view-fresh', 'view', 'beacon'];
    for (const name of names) {
      const message = new Uint8Array(
        readFileSync(join(process.env.VERSIONS, folder, `replication-${name}.bin`)));
      assert.equal(replica.apply(message), name !== 'beacon', name);
    }
    assert.equal(replica.gaps, 0);
    const old = JSON.parse(
      readFileSync(join(process.env.VERSIONS, 'old/replication-1/replication-view.json'), 'utf8'));
    for (const { entityId, place } of old.meaning) {
      const at = replica.place(replica.find(ids(entityId)), Number(old.fields.tick));
      assert.deepEqual([at.x, at.y, at.z], place);
    }
    assert.ok(replica.find('0:16'));
  });
}

test('a replica has bounds', () => {
  const replica = new Replica({ entitiesMax: 2 });
  assert.throws(() => replica.apply(bytes('replication-keyframe')), { code: 'HZ-REP-003' });
  assert.ok([...replica.entities()].length <= 2);
  assert.throws(
    () => new Replica({ channelsMax: 0 }).apply(bytes('replication-keyframe')),
    { code: 'HZ-REP-003' });
});

test('components are decoded by their descriptors', () => {
  const components = new ComponentCatalogue([
    { name: 'Hull', wireId: 4660, fields: [{ name: 'points', kind: 'FLOAT', length: 1, constants: [] }] },
    { name: 'Turret', wireId: 48879, fields: [{ name: 'side', kind: 'ENUM', length: 1, constants: ['A', 'B'] }] },
  ]);
  const replica = new Replica({ components });
  replica.apply(bytes('replication-keyframe'));
  assert.deepEqual(replica.find('0:13').component('Hull'), { points: 1 });
  assert.deepEqual(replica.find('0:12').component('Hull'), { points: -2 });
  assert.equal(replica.find('0:15').component('Turret').side, 5);
  assert.equal(replica.find('0:12').component('Nothing'), undefined);
});

test('after a gap only a keyframe helps', () => {
  const replica = new Replica();
  const gaps = [];
  replica.onGap = (channelId) => gaps.push(channelId);
  replica.apply(bytes('replication-keyframe'));
  const skipped = bytes('replication-changes');
  new DataView(skipped.buffer).setUint32(24, 65540, true);
  assert.equal(replica.apply(skipped), false);
  assert.equal(gaps.length, 1);
  assert.equal(replica.find('0:12').stale, true);
  assert.equal(replica.apply(bytes('replication-changes')), false);
  assert.equal(replica.apply(bytes('replication-keyframe')), true);
  assert.equal(replica.find('0:12').stale, false);
});

test('a beacon with another checksum tells that what is held is wrong', () => {
  const gaps = [];
  const replica = new Replica({ onGap: (id) => gaps.push(id) });
  replica.apply(bytes('replication-keyframe'));
  replica.apply(bytes('replication-changes'));
  replica.apply(bytes('replication-beacon'));
  assert.equal(gaps.length, 0);
  const [channel] = replica.channels.values();
  const slot = [...channel.slots.values()].find(({ motion }) => motion !== null);
  slot.motion[2] += 0.125;
  replica.apply(bytes('replication-beacon'));
  assert.deepEqual(gaps, [channel.id]);
});

test('cells have signs', () => {
  assert.deepEqual(channelOf((1n << 62n) | (3n << 60n) | (0xfffffn << 40n) | (5n << 20n) | 0xc0001n), {
    sizeClass: 1, tier: 3, level: 0, audience: 0, cellX: -1, cellY: 5, cellZ: -262143,
  });
  assert.equal(channelOf((0x80005n << 20n) | 0x80001n).level, 3);
  assert.equal(channelOf((0x80000n << 40n) | (0x80000n << 20n) | 0x80000n).level, 7, 'a whole tier');
});

test('cells of an audience name it', () => {
  assert.deepEqual(channelOf(0x69dfffd2fffc1001n), {
    sizeClass: 1, tier: 2, level: 4, audience: 60000, cellX: -1, cellY: 4095, cellZ: -4095,
  });
  assert.equal(channelOf(0x80000000000e000n).audience, 7);
});

test('attitudes are unit quaternions and turn about their axis', () => {
  const turn = new Float64Array(7);
  unpackAttitude(((3 << 30) | (511 << 20) | (511 << 10) | 511) >>> 0, turn);
  assert.deepEqual([...turn.slice(0, 4)], [0, 0, 0, 1]);
  turn[6] = Math.PI / 2;
  const out = extrapolateAttitude(turn, 1, {});
  assert.ok(Math.abs(out.qz - Math.SQRT1_2) < 1e-9 && Math.abs(out.qw - Math.SQRT1_2) < 1e-9);
});

test('binary messages are those of the Java codecs', () => {
  for (const [name, encode] of [
    ['session-hello', (f) => codec.encodeHello(
      { player: f.player, ticket: f.ticket, resume: f.resumeTicket, protocolVersion: f.protocolVersion })],
    ['session-client-input', (f) => codec.encodeInput(f.sequence, f.eventType, Buffer.from(f.payload, 'hex'))],
    ['session-client-event', (f) => codec.encodeEvent(f.sequence, f.eventType, Buffer.from(f.payload, 'hex'))],
    ['session-ping', (f) => codec.encodePing(BigInt(f.clientTime))],
  ]) {
    const { fields } = json(name);
    assert.equal(Buffer.from(encode(fields)).toString('hex'), Buffer.from(bytes(name)).toString('hex'), name);
  }
});

test('streams of damaged messages are refused or applied, never worse (seeded)', () => {
  const first = Number(process.env.FUZZ_SEED ?? 20261122);
  const rounds = Number(process.env.FUZZ_ROUNDS ?? 20000);
  const next = seeded(first);
  const random = (bound) => Math.floor(next() * bound);
  let replica = null;
  let sent = [];
  for (let round = 0; round < rounds; round++) {
    if (round % 200 === 0) {
      replica = new Replica({ channelsMax: 50, entitiesMax: 100 });
      sent = [];
    }
    // Of the right ones, or once more of those that were sent: repeated, and out of order.
    let message = (random(4) === 0 && sent.length > 0
      ? sent[random(sent.length)] : bytes(names[random(names.length)])).slice();
    if (random(4) === 0) message = message.slice(0, random(message.length + 1));
    const within = random(2) === 0 ? message.length : Math.min(40, message.length);
    for (let i = random(5); i > 0 && within > 0; i--) message[random(within)] = random(256);
    sent.push(message);
    try {
      if (random(2) === 0) replica.apply(message);
      else replica.applyBundle(random(2) === 0 ? message : bundle(message, bytes('replication-view')));
    } catch (error) {
      assert.ok(error instanceof ReplicationError, `seed ${first}, round ${round}: ${error.stack}`);
    }
    assert.ok(replica.byId.size <= 100 && replica.channels.size <= 50);
    for (const entity of replica.entities()) {
      replica.place(entity, 1e6);
      assert.ok(entity.tier !== undefined && entity.slots.length > 0);
    }
  }
});
