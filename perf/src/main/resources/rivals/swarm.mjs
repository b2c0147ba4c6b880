// The swarm on Node: ships that all manoeuvre, and clients, in a process of their own, that are told of them 20 times a second.
// `colyseus`: each client sees the ships within a radius, by state views. `json`: everybody is told everything, as text.
// Arguments: kind, ships, visible per client (colyseus), clients, seconds. Prints one line of JSON.
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const HZ = 20;
const EDGE = 10_000;
const VIEWS_EVERY_TICKS = 5;
const THRUST = 30;
const SPEED = 150;
const SETTLE_MILLIS = 10_000;

/** Milliseconds of the clock that all processes of a machine share. */
const now = () => Number(process.hrtime.bigint() / 1_000n) / 1_000;
const pause = (millis) => new Promise((done) => setTimeout(done, millis));

function quantile(values, share) {
    const sorted = values.toSorted((a, b) => a - b);
    return sorted.length === 0 ? 0 : sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

/** Ships that draw a new thrust every half to two seconds. */
class Fleet {
    constructor(ships) {
        // xorshift32: the same swarm in every run.
        let seed = 42;
        this.random = () => {
            seed ^= seed << 13;
            seed ^= seed >>> 17;
            seed ^= seed << 5;
            return (seed >>> 0) / 2 ** 32;
        };
        this.ticks = 0;
        this.motions = [];
        for (const ship of ships) {
            ship.x = this.random() * EDGE;
            ship.y = this.random() * EDGE;
            this.motions.push({ ship, vx: 0, vy: 0, ax: 0, ay: 0, until: 0 });
        }
    }

    tick() {
        this.ticks++;
        const dt = 1 / HZ;
        for (const each of this.motions) {
            if (this.ticks >= each.until) {
                each.ax = (2 * this.random() - 1 - each.vx / SPEED) * THRUST;
                each.ay = (2 * this.random() - 1 - each.vy / SPEED) * THRUST;
                each.until = this.ticks + HZ * (0.5 + 1.5 * this.random());
            }
            each.vx += each.ax * dt;
            each.vy += each.ay * dt;
            each.ship.x = (each.ship.x + each.vx * dt + EDGE) % EDGE;
            each.ship.y = (each.ship.y + each.vy * dt + EDGE) % EDGE;
        }
    }
}

/** What a server answers: its port, bytes written, ships that a client sees, ticks, and what encoding took. */
async function colyseus(ships, visible) {
    const { Server, Room } = require('@colyseus/core');
    const { Encoder, schema, StateView, t } = require('@colyseus/schema');
    const { WebSocketTransport } = require('@colyseus/ws-transport');
    const radius = EDGE * Math.sqrt(visible / ships / Math.PI);
    const wrap = (difference) => difference - EDGE * Math.round(difference / EDGE);
    Encoder.BUFFER_SIZE = 4 * 1024 * 1024;
    const Ship = schema({ x: t.float32(), y: t.float32() });
    // When the tick began: clients tell by it how old their state is.
    const State = schema({ at: t.float64(), ships: t.map(Ship).view() });
    let room = null;
    const encoding = [];
    class Swarm extends Room {
        onCreate() {
            room = this;
            this.maxClients = 10_000;
            this.state = new State();
            const all = Array.from({ length: ships }, () => new Ship());
            all.forEach((ship, i) => this.state.ships.set(String(i), ship));
            this.fleet = new Fleet(all);
            this.setPatchRate(null);
            this.setSimulationInterval(() => this.tick(), 1_000 / HZ);
        }

        onJoin(client) {
            client.view = new StateView();
            client.seen = new Set();
            client.own = this.clients.length - 1;
            this.see(client);
        }

        tick() {
            this.state.at = now();
            this.fleet.tick();
            if (this.fleet.ticks % VIEWS_EVERY_TICKS === 0) {
                this.clients.forEach((client) => this.see(client));
            }
            const from = now();
            this.broadcastPatch();
            encoding.push(now() - from);
        }

        see(client) {
            if (!client.seen) {
                return;
            }
            const own = this.fleet.motions[client.own].ship;
            this.fleet.motions.forEach(({ ship }, i) => {
                const near = Math.hypot(wrap(ship.x - own.x), wrap(ship.y - own.y)) <= radius;
                if (near && !client.seen.has(i)) {
                    client.seen.add(i);
                    client.view.add(ship);
                } else if (!near && client.seen.has(i)) {
                    client.seen.delete(i);
                    client.view.remove(ship);
                }
            });
        }
    }
    const transport = new WebSocketTransport();
    const server = new Server({ transport, greet: false });
    server.define('swarm', Swarm);
    await server.listen(0, '127.0.0.1');
    return {
        port: transport.server.address().port,
        encoding,
        bytes: () => room.clients.reduce((sum, client) => sum + client.ref._socket.bytesWritten, 0),
        ticks: () => room.fleet.ticks,
        held: () => room.clients.reduce((sum, client) => sum + client.seen.size, 0) / room.clients.length,
    };
}

async function json(ships) {
    const { WebSocketServer } = require('ws');
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await new Promise((done) => server.on('listening', done));
    const all = Array.from({ length: ships }, (ignored, i) => ({ id: i, x: 0, y: 0 }));
    const fleet = new Fleet(all);
    const encoding = [];
    setInterval(() => {
        const at = now();
        fleet.tick();
        const from = now();
        const text = JSON.stringify({ at, ships: all });
        server.clients.forEach((client) => client.send(text));
        encoding.push(now() - from);
    }, 1_000 / HZ);
    return {
        port: server.address().port,
        encoding,
        bytes: () => [...server.clients].reduce((sum, client) => sum + client._socket.bytesWritten, 0),
        ticks: () => fleet.ticks,
        held: () => ships,
    };
}

/** The process of the clients: says how often, and how late, they were told. */
async function clients(kind, port, count) {
    let messages = 0;
    let ages = [];
    for (let i = 0; i < count; i++) {
        if (kind === 'colyseus') {
            const { Client } = require('@colyseus/sdk');
            const room = await new Client(`http://127.0.0.1:${port}`).joinOrCreate('swarm');
            room.onStateChange((state) => {
                messages++;
                ages.push(now() - state.at);
            });
        } else {
            const { WebSocket } = require('ws');
            const socket = new WebSocket(`ws://127.0.0.1:${port}`);
            socket.on('message', (data) => {
                messages++;
                ages.push(now() - Number(/^\{"at":([\d.]+)/.exec(data.subarray(0, 40).toString())[1]));
            });
            await new Promise((done) => socket.on('open', done));
        }
    }
    process.send('joined');
    process.on('message', (command) => {
        if (command === 'reset') {
            messages = 0;
            ages = [];
        } else {
            process.send({ messages, ageP50: quantile(ages, 0.5), ageP99: quantile(ages, 0.99) });
        }
    });
}

async function run(kind, ships, visible, count, seconds) {
    const server = kind === 'colyseus' ? await colyseus(ships, visible) : await json(ships);
    const crowd = fork(fileURLToPath(import.meta.url), ['clients', kind, String(server.port), String(count)]);
    const answer = () => new Promise((done) => crowd.once('message', done));
    await answer();
    await pause(SETTLE_MILLIS);
    crowd.send('reset');
    server.encoding.length = 0;
    const from = { bytes: server.bytes(), ticks: server.ticks(), at: now(), cpu: process.cpuUsage() };
    let held = 0;
    let looks = 0;
    while (now() < from.at + seconds * 1_000) {
        await pause(100);
        held += server.held();
        looks++;
    }
    const took = (now() - from.at) / 1_000;
    const cpu = process.cpuUsage(from.cpu);
    const bytesPerClient = (server.bytes() - from.bytes) / took / count;
    const told = answer();
    crowd.send('figures');
    const { messages, ageP50, ageP99 } = await told;
    crowd.kill();
    console.log(
        JSON.stringify({
            visible: held / looks,
            hz: messages / took / count,
            bytesPerClient,
            bytesPerUpdate: bytesPerClient / (held / looks) / ((server.ticks() - from.ticks) / took),
            encodeMillis: quantile(server.encoding, 0.5),
            cores: (cpu.user + cpu.system) / 1e6 / took,
            megabytes: process.memoryUsage().rss / 1e6,
            ageP50,
            ageP99,
        }),
    );
    process.exit(0);
}

const [role, ...rest] = process.argv.slice(2);
if (role === 'clients') {
    await clients(rest[0], Number(rest[1]), Number(rest[2]));
} else {
    await run(role, ...rest.map(Number));
}
