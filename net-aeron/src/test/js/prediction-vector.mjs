// One flight as calls of a Prediction and what came of them: both SDKs are held to it. Written anew by
//   SDK=src/main/resources/horizon-sdk node src/test/js/prediction-vector.mjs write
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { seeded } from './views.mjs';

export const VECTOR = 'src/test/resources/prediction-vector.json';
const HZ = 20;
const ONE_WAY_TICKS = 2;
const FIELDS = ['x', 'y', 'z', 'vx', 'vy', 'vz', 'ax', 'ay', 'az', 'qx', 'qy', 'qz', 'qw', 'wx', 'wy', 'wz'];

const sdk = await import(pathToFileURL(join(process.env.SDK, 'horizon.js')).href);
const { extrapolateAttitude } = await import(pathToFileURL(join(process.env.SDK, 'extrapolation.js')).href);

/** How the ship of the vector flies: thrust along two axes, a turn about the third. */
export function step(state, [x, y, turn], seconds) {
  state.ax = x;
  state.ay = y;
  state.vx += state.ax * seconds;
  state.vy += state.ay * seconds;
  state.x += state.vx * seconds;
  state.y += state.vy * seconds;
  state.wz = turn;
  const { qx, qy, qz, qw, wx, wy, wz } = state;
  extrapolateAttitude([qx, qy, qz, qw, wx, wy, wz], seconds, state);
}

/** Does what the vector says, and returns what came of each call. */
export function play(calls) {
  const prediction = new sdk.Prediction({ step, idle: [0, 0, 0], tickHz: HZ });
  return calls.map((call) => {
    if (call.send !== undefined) {
      prediction.send(call.send, call.input, call.now, call.roundTripMillis);
      return null;
    }
    if (call.hear !== undefined) {
      const entity = {
        placed: () => ({ motion: call.motion, motionTick: call.motionTick, flight: null }),
        turned: () => (call.turn === null ? undefined : { turn: call.turn, turnTick: call.turnTick }),
      };
      prediction.hear({ viewTick: call.hear, inputSequence: call.sequence }, entity, call.now);
      return { corrections: prediction.corrections, lead: prediction.lead };
    }
    const place = prediction.place(call.place);
    return place === null ? null : FIELDS.map((field) => place[field]);
  });
}

/** A flight over a link of 100 ms each way, in which the server twice has another opinion. */
function calls() {
  const random = seeded(20261128);
  const list = [];
  const ship = Object.fromEntries(FIELDS.map((field) => [field, 0]));
  Object.assign(ship, { qw: 1, vx: 30 });
  const toServer = [];
  const toClient = [];
  let input = [0, 0, 0];
  let sequence = 0;
  let read = 0;
  let placed = null;
  let turned = null;
  for (let tick = 1; tick <= 400; tick++) {
    while (toServer.length > 0 && toServer[0].at <= tick) ({ sequence: read, input } = toServer.shift());
    step(ship, input, 1 / HZ);
    if (tick === 150) ship.x += 40;
    if (tick === 250) ship.wz = -2;
    if (placed === null || tick % 9 === 0) {
      placed = { motionTick: tick, motion: FIELDS.slice(0, 9).map((field) => ship[field]) };
    }
    if (turned === null || tick % 13 === 0) {
      turned = { turnTick: tick, turn: FIELDS.slice(9).map((field) => ship[field]) };
    }
    toClient.push({
      at: tick + ONE_WAY_TICKS, hear: tick, sequence: read, ...placed,
      ...(tick > 300 && tick < 320 ? { turn: null, turnTick: 0 } : turned),
    });
    while (toClient.length > 0 && toClient[0].at <= tick) {
      const { at, ...message } = toClient.shift();
      list.push({ ...message, now: at - ONE_WAY_TICKS + random() * 0.5 });
    }
    if (tick > 20 && random() < 0.06) {
      const now = tick - ONE_WAY_TICKS + 0.25;
      const steered = [random() * 40 - 20, random() * 40 - 20, random() - 0.5];
      list.push({ send: ++sequence, input: steered, now, roundTripMillis: 200 });
      toServer.push({ at: tick + ONE_WAY_TICKS, sequence, input: steered });
    }
    if (tick % 2 === 0) list.push({ place: tick - ONE_WAY_TICKS + random() });
  }
  return list;
}

export function read() { return JSON.parse(readFileSync(VECTOR, 'utf8')); }

if (process.argv[2] === 'write') {
  const list = calls();
  const results = play(list);
  const text = list.map((call, i) => JSON.stringify({ ...call, result: results[i] })).join(',\n');
  writeFileSync(VECTOR, `[\n${text}\n]\n`);
}
