// The connection of the browser SDK against a scripted WebSocket.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { mock, test } from 'node:test';
import { pathToFileURL } from 'node:url';

const { Connection, TickClock } =
  await import(pathToFileURL(join(process.env.SDK, 'horizon.js')).href);

class FakeSocket {
  static all = [];

  constructor(url) {
    this.url = url;
    this.sent = [];
    FakeSocket.all.push(this);
  }

  send(data) { this.sent.push(typeof data === 'string' ? JSON.parse(data) : data); }

  close() { this.onclose?.(); }

  say(namespace, event, data) {
    this.onmessage({ data: JSON.stringify({ namespace, event, data }) });
  }
}

const WELCOME = { player: 'Ada', tick: 100, tickHz: 20, lastInputSequence: 7, resume: 'R1' };
const settled = () => new Promise((resolve) => setImmediate(resolve));

async function opened(tickets = ['T1', 'T2', 'T3']) {
  FakeSocket.all = [];
  const connection = new Connection({
    player: 'Ada', ticket: async () => tickets.shift(), url: 'ws://test/play', WebSocket: FakeSocket,
  });
  const states = [];
  connection.addEventListener('state', ({ detail }) => states.push(detail));
  connection.open();
  await settled();
  const socket = FakeSocket.all.at(-1);
  socket.onopen();
  return { connection, socket, states };
}

async function later(millis) {
  mock.timers.tick(millis);
  await settled();
  const socket = FakeSocket.all.at(-1);
  socket.onopen?.();
  return socket;
}

test('says hello and becomes open with the welcome', async () => {
  const { connection, socket, states } = await opened();
  assert.deepEqual(socket.sent[0], {
    namespace: 'session', event: 'hello', data: { player: 'Ada', ticket: 'T1', protocolVersion: 3 },
  });
  assert.equal(connection.send('chat', 'message', {}), false);
  socket.say('session', 'welcome', WELCOME);
  assert.deepEqual(states, ['connecting', 'open']);
  assert.equal(connection.send('chat', 'message', { message: 'hi' }), true);
  assert.equal(connection.sequence, 8);
  connection.close();
  assert.equal(socket.sent.at(-1).event, 'leave');
  assert.equal(connection.state, 'closed');
});

test('goes on at another node without a jump in time', async () => {
  const { connection, socket } = await opened();
  socket.say('session', 'welcome', { ...WELCOME, tick: 90_000, starSystem: 'sol' });
  connection.send('chat', 'message', {});
  const before = connection.tick();
  socket.say('session', 'moved', { tick: 17, tickHz: 20, starSystem: 'vega' });
  assert.ok(Math.abs(connection.tick() - before) < 2);
  assert.equal(connection.replica.tickOffset, Math.round(before) - 17);
  assert.equal(connection.welcome.starSystem, 'vega');
  assert.equal(connection.resume, 'R1');
  assert.equal(connection.sequence, 8, 'its inputs go on');
  socket.say('session', 'pong', { clientTime: 0, tick: 18 });
  assert.ok(Math.abs(connection.tick() - before) < 3);
  connection.close();
});

test('resumes after a loss, and logs in anew where that is refused', async () => {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  try {
    const { connection, socket, states } = await opened();
    socket.say('session', 'welcome', WELCOME);
    socket.close();
    assert.equal(connection.state, 'waiting');
    const second = await later(300);
    assert.deepEqual(second.sent[0].data, { player: 'Ada', resume: 'R1', protocolVersion: 3 });
    second.say('session', 'refused', { code: 'HZ-GW-017', reason: 'used', closes: true });
    second.close();
    const third = await later(600);
    assert.deepEqual(third.sent[0].data, { player: 'Ada', ticket: 'T2', protocolVersion: 3 });
    third.say('session', 'welcome', WELCOME);
    assert.equal(states.at(-1), 'open');
    connection.close();
  } finally {
    mock.timers.reset();
  }
});

test('does not come back when somebody took its place', async () => {
  const { connection, socket } = await opened();
  socket.say('session', 'welcome', WELCOME);
  socket.say('session', 'refused', { code: 'HZ-GW-030', reason: 'again', closes: true });
  socket.close();
  assert.equal(connection.state, 'closed');
});

test('comes back when the server says', async () => {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  try {
    const { connection, socket } = await opened();
    socket.say('session', 'refused', {
      code: 'HZ-GW-028', reason: 'busy', closes: true, retryMillis: 3_000,
    });
    socket.close();
    mock.timers.tick(2_995);
    await settled();
    assert.equal(FakeSocket.all.length, 1);
    const second = await later(10);
    assert.equal(FakeSocket.all.length, 2);
    // It said so once.
    second.close();
    await later(500);
    assert.equal(FakeSocket.all.length, 3);
    connection.close();
  } finally {
    mock.timers.reset();
  }
});

test('backs off, ever longer up to a bound', async () => {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  try {
    const { connection, socket } = await opened(Array.from({ length: 20 }, (_, i) => `T${i}`));
    let current = socket;
    for (let i = 0; i < 10; i++) {
      current.close();
      const before = FakeSocket.all.length;
      mock.timers.tick(Math.min(125 * 2 ** i, 4_000) - 5);
      await settled();
      assert.equal(FakeSocket.all.length, before, `attempt ${i} came too early`);
      current = await later(8_000);
      assert.equal(FakeSocket.all.length, before + 1, `attempt ${i} never came`);
    }
    connection.close();
  } finally {
    mock.timers.reset();
  }
});

test('the clock follows the fastest message', () => {
  const clock = new TickClock(20);
  clock.observe(100, 1000);
  clock.observe(120, 2300);
  assert.ok(Math.abs(clock.at(2300) - 126) < 1, String(clock.at(2300)));
  clock.observe(140, 3000);
  assert.ok(Math.abs(clock.at(3000) - 140) < 0.6);
  assert.ok(clock.at(1e9) <= 140 + 15 * 20);
});

test('the clock goes on at the rate that the node says, without a leap', async () => {
  const { connection, socket } = await opened();
  socket.say('session', 'welcome', WELCOME);
  const { clock } = connection;
  const now = performance.now();
  const before = clock.at(now);
  socket.say('session', 'overload', { step: 'time-dilated', timeRate: 0.5, tick: 100 });
  assert.ok(Math.abs(clock.at(now) - before) < 0.1, 'no leap');
  assert.ok(Math.abs(clock.at(now + 1000) - before - 10) < 0.5, 'ten ticks in a second, not twenty');
  socket.say('session', 'overload', { step: 'normal', timeRate: 1, tick: 110 });
  assert.ok(Math.abs(clock.at(now + 3000) - clock.at(now + 2000) - 20) < 0.5, 'twenty again');
  connection.close();
});
