// The browser SDK against the vectors that the Java codecs are held to. Run by `node --test`;
// GOLDEN names the folder of vectors, SDK the folder of modules.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

const GOLDEN = process.env.GOLDEN;
const SDK = process.env.SDK;
const sdk = (name) => import(pathToFileURL(join(SDK, name)).href);
const { Replica, ComponentCatalogue, ReplicationError, extrapolateAttitude } = await sdk('horizon.js');
const { parseMessage, channelOf, unpackAttitude, FRAME } = await sdk('frames.js');
const codec = await sdk('session-codec.js');

const bytes = (name) => new Uint8Array(readFileSync(join(GOLDEN, `${name}.bin`)));
const json = (name) => JSON.parse(readFileSync(join(GOLDEN, `${name}.json`), 'utf8'));
const names = readdirSync(GOLDEN)
  .filter((file) => file.startsWith('replication-') && file !== 'replication-view.json' && file.endsWith('.json'))
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
const READ = {
  u8: (view, at) => view.getUint8(at),
  i8: (view, at) => view.getInt8(at),
  u16: (view, at) => view.getUint16(at, true),
  i16: (view, at) => view.getInt16(at, true),
  u32: (view, at) => view.getUint32(at, true),
  i32: (view, at) => view.getInt32(at, true),
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
    placeExponent: Math.log2(frame.placeStep),
    velocityExponent: Math.log2(frame.velocityStep),
    accelerationExponent: Math.log2(frame.accelerationStep),
  };
  for (const [name, layout] of Object.entries(LAYOUT)) {
    const group = frame[name];
    fields[name] = Array.from({ length: group.count }, (_, i) =>
      Object.fromEntries(Object.entries(layout).map(([field, [kind, offset]]) =>
        [field, READ[kind](frame.view, group.at + i * group.entryBytes + offset)])));
  }
  fields.components = frame.components.map(({ componentId, rowBytes, at, end }) => ({
    componentId,
    rowBytes,
    rows: Buffer.from(frame.view.buffer, frame.view.byteOffset + at, end - at).toString('hex'),
  }));
  return fields;
}

test('there are vectors', () => assert.ok(names.length >= 3, names.join()));

for (const name of names) {
  test(`${name} says what its description says`, () => {
    const { template, fields } = json(name);
    const message = parseMessage(bytes(name));
    if (template === 'Frame') {
      assert.equal(message.template, FRAME);
      assert.deepEqual(fieldsOf(message), fields);
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

test('cells have signs', () => {
  assert.deepEqual(channelOf((1n << 62n) | (3n << 60n) | (0xfffffn << 40n) | (5n << 20n) | 0x80001n), {
    sizeClass: 1, tier: 3, cellX: -1, cellY: 5, cellZ: -524287,
  });
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

test('damaged messages are refused or ignored, never worse (seeded)', () => {
  let seed = 20261122;
  const random = (bound) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
    return (seed >>> 0) % bound;
  };
  for (let round = 0; round < 20_000; round++) {
    const replica = new Replica();
    if (round % 2 === 0) replica.apply(bytes('replication-keyframe'));
    const damaged = bytes(names[random(names.length)]);
    for (let i = 0; i < 1 + random(4); i++) damaged[random(damaged.length)] = random(256);
    try {
      replica.apply(damaged);
    } catch (error) {
      assert.ok(error instanceof ReplicationError, `seed 20261122, round ${round}: ${error.stack}`);
    }
  }
});
