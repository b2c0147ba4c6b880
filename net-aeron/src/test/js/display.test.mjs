// What is shown never jumps, and arrives where the replica says.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { seeded, viewBytes } from './views.mjs';

const { Display, Replica } = await import(pathToFileURL(join(process.env.SDK, 'horizon.js')).href);
const HZ = 20;
const FRAMES_PER_TICK = 3;

/** Shows a ship whose track is corrected now and then; calls with each picture. */
function show({ delayTicks, corrections, ticks = 200, latencyTicks = 0 }, look) {
  const replica = new Replica({ tickHz: HZ });
  const display = new Display(replica, { delayTicks });
  replica.apply(viewBytes({
    tick: 0, fresh: true, entered: [{ handle: 1, counter: 7 }],
    placed: [{ handle: 1, motion: [0, 0, 0, 40, 0, 0, 0, 0, 0] }],
  }));
  const entity = replica.find('0:7');
  for (let frame = 0; frame < ticks * FRAMES_PER_TICK; frame++) {
    const now = frame / FRAMES_PER_TICK;
    const motion = corrections.get(now - latencyTicks);
    if (motion !== undefined) {
      replica.apply(viewBytes({ tick: now - latencyTicks, placed: [{ handle: 1, motion }] }));
    }
    look(now, display.place(entity, now), replica.place(entity, now - delayTicks));
  }
}

/** A ship that draws a new thrust every half to two seconds, as rows every few ticks tell it. */
function walk(random) {
  const rows = new Map();
  const truth = [];
  let [x, v, a] = [0, 40, 0];
  let until = 0;
  for (let tick = 0; tick < 200; tick++) {
    if (tick >= until) {
      a = (random() - 0.5) * 60;
      until = tick + 10 + random() * 30;
    }
    if (tick % 3 === 0) rows.set(tick, [x, 0, 0, v, 0, 0, a, 0, 0]);
    truth.push(x);
    x += v / HZ + a / HZ / HZ / 2;
    v += a / HZ;
  }
  return { rows, truth };
}

for (const delayTicks of [0, 2, 5]) {
  test(`corrections never jump with a delay of ${delayTicks} ticks`, () => {
    const { rows, truth } = walk(seeded(20261122));
    let before = null;
    show({ delayTicks, corrections: rows, latencyTicks: 1 }, (now, shown, track) => {
      if (before !== null && now > delayTicks + 3) {
        const step = shown.x - before.x;
        const even = ((before.vx + shown.vx) / 2) / HZ / FRAMES_PER_TICK;
        // Even steps are what a smooth motion makes; a jump would be many times that apart.
        assert.ok(Math.abs(step - even) < 0.2, `tick ${now}: ${step} instead of ${even}`);
        assert.ok(Math.abs(shown.x - track.x) < 1.5, `tick ${now} is off by ${shown.x - track.x}`);
      }
      const moment = now - delayTicks;
      if (Number.isInteger(moment) && moment > 20) {
        const off = Math.abs(shown.x - truth[moment]);
        assert.ok(off < (delayTicks >= 5 ? 0.3 : 2), `tick ${moment} is shown ${off} m off`);
      }
      before = { ...shown };
    });
  });
}

test('a correction fades within the time it is given', () => {
  let apart = 0;
  show(
    { delayTicks: 0, ticks: 60, corrections: new Map([[20, [45, 3, 0, 40, 0, 0, 0, 0, 0]]]) },
    (now, shown, track) => {
      if (now < 20) assert.deepEqual([shown.x, shown.y], [track.x, track.y]);
      if (now === 20) apart = Math.hypot(shown.x - track.x, shown.y - track.y);
      if (now >= 20 && now < 24) {
        assert.ok(Math.hypot(shown.x - track.x, shown.y - track.y) <= apart + 1e-9);
      }
      if (now >= 24) assert.deepEqual([shown.x, shown.y], [track.x, track.y]);
    });
  assert.ok(Math.abs(apart - Math.hypot(5, 3)) < 1e-6, String(apart));
});

test('what is far away is jumped to', () => {
  show(
    { delayTicks: 0, ticks: 30, corrections: new Map([[20, [9000, 0, 0, 0, 0, 0, 0, 0, 0]]]) },
    (now, shown, track) => assert.deepEqual([shown.x, shown.y], [track.x, track.y]));
});

test('turns are blended too', () => {
  const replica = new Replica({ tickHz: HZ });
  const display = new Display(replica);
  const unturned = ((3 << 30) | (511 << 20) | (511 << 10) | 511) >>> 0;
  const half = Math.round((511 * Math.SQRT2) * Math.sin(0.25)) + 511;
  const turned = ((3 << 30) | (511 << 20) | (511 << 10) | half) >>> 0;
  replica.apply(viewBytes({
    tick: 0, fresh: true, entered: [{ handle: 1, counter: 7 }],
    placed: [{ handle: 1, motion: [0, 0, 0, 0, 0, 0, 0, 0, 0] }],
    turned: [{ handle: 1, attitude: unturned }],
  }));
  const entity = replica.find('0:7');
  display.place(entity, 0);
  replica.apply(viewBytes({ tick: 1, turned: [{ handle: 1, attitude: turned }] }));
  let last = 0;
  for (let tick = 1; tick <= 6; tick += 0.25) {
    const { qz, qw, qx, qy } = display.place(entity, tick);
    const angle = 2 * Math.atan2(qz, qw);
    assert.ok(Math.abs(Math.hypot(qx, qy, qz, qw) - 1) < 1e-9);
    assert.ok(angle >= last - 1e-9 && angle - last < 0.1, `${tick}: ${last} to ${angle}`);
    last = angle;
  }
  assert.ok(Math.abs(last - 0.5) < 0.01, String(last));
});

test('leaves from where something else showed it', () => {
  const replica = new Replica({ tickHz: HZ });
  const display = new Display(replica);
  replica.apply(viewBytes({
    tick: 0, fresh: true, entered: [{ handle: 1, counter: 7 }],
    placed: [{ handle: 1, motion: [0, 0, 0, 10, 0, 0, 0, 0, 0] }],
  }));
  const entity = replica.find('0:7');
  const ahead = { ...display.place(entity, 10), x: 8 };
  display.shownAt(entity, 10, ahead);
  assert.equal(display.place(entity, 10).x, 8);
  assert.ok(display.place(entity, 12).x > 6);
  assert.equal(display.place(entity, 14.5).x, 7.25);
});
