// The swarm on Colyseus: ships that all manoeuvre, clients that each see those within a radius, by state views.
// Arguments: ships, visible per client, clients, seconds. Prints one line of JSON.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { Server, Room, matchMaker } = require('@colyseus/core');
const { Encoder, schema, StateView, t } = require('@colyseus/schema');
const { WebSocketTransport } = require('@colyseus/ws-transport');
const { Client } = require('@colyseus/sdk');

const [ships, visible, clients, seconds] = process.argv.slice(2).map(Number);
const HZ = 20;
const EDGE = 10_000;
const RADIUS = EDGE * Math.sqrt(visible / ships / Math.PI);
const VIEWS_EVERY_TICKS = 5;
const THRUST = 30;
const SPEED = 150;

Encoder.BUFFER_SIZE = 4 * 1024 * 1024;

const Ship = schema({ x: t.float32(), y: t.float32() });
const State = schema({ ships: t.map(Ship).view() });

// xorshift32: the same swarm in every run.
let seed = 42;
function random() {
    seed ^= seed << 13;
    seed ^= seed >>> 17;
    seed ^= seed << 5;
    return (seed >>> 0) / 2 ** 32;
}

function wrap(difference) {
    return difference - EDGE * Math.round(difference / EDGE);
}

class Swarm extends Room {
    onCreate() {
        this.maxClients = 1_000;
        this.state = new State();
        this.motions = [];
        for (let i = 0; i < ships; i++) {
            const ship = new Ship();
            ship.x = random() * EDGE;
            ship.y = random() * EDGE;
            this.state.ships.set(String(i), ship);
            this.motions.push({ ship, vx: 0, vy: 0, ax: 0, ay: 0, until: 0 });
        }
        this.ticks = 0;
        this.held = 0;
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
        this.ticks++;
        const dt = 1 / HZ;
        for (const each of this.motions) {
            if (this.ticks >= each.until) {
                each.ax = (2 * random() - 1 - each.vx / SPEED) * THRUST;
                each.ay = (2 * random() - 1 - each.vy / SPEED) * THRUST;
                each.until = this.ticks + HZ * (0.5 + 1.5 * random());
            }
            each.vx += each.ax * dt;
            each.vy += each.ay * dt;
            each.ship.x = (each.ship.x + each.vx * dt + EDGE) % EDGE;
            each.ship.y = (each.ship.y + each.vy * dt + EDGE) % EDGE;
        }
        if (this.ticks % VIEWS_EVERY_TICKS === 0) {
            this.clients.forEach((client) => this.see(client));
        }
        this.broadcastPatch();
    }

    see(client) {
        if (!client.seen) {
            return;
        }
        const own = this.motions[client.own].ship;
        this.motions.forEach(({ ship }, i) => {
            const near = Math.hypot(wrap(ship.x - own.x), wrap(ship.y - own.y)) <= RADIUS;
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

let room = null;
class Watched extends Swarm {
    onCreate() {
        super.onCreate();
        room = this;
    }
}

const transport = new WebSocketTransport();
const server = new Server({ transport, greet: false });
server.define('swarm', Watched);
await server.listen(0, '127.0.0.1');
const port = transport.server.address().port;

let messages = 0;
for (let i = 0; i < clients; i++) {
    const joined = await new Client(`http://127.0.0.1:${port}`).joinOrCreate('swarm');
    joined.connection.transport.ws.addEventListener('message', () => messages++);
}
const bytes = () => room.clients.reduce((sum, client) => sum + client.ref._socket.bytesWritten, 0);
const pause = (millis) => new Promise((done) => setTimeout(done, millis));
await pause(3_000);
const from = { bytes: bytes(), messages, ticks: room.ticks, at: performance.now() };
let seen = 0;
let looks = 0;
const until = performance.now() + seconds * 1_000;
while (performance.now() < until) {
    await pause(100);
    room.clients.forEach((client) => {
        seen += client.seen.size;
        looks++;
    });
}
const took = (performance.now() - from.at) / 1_000;
const held = seen / looks;
const perClient = (bytes() - from.bytes) / took / clients;
console.log(
    JSON.stringify({
        visible: held,
        hz: (messages - from.messages) / took / clients,
        bytesPerClient: perClient,
        bytesPerUpdate: perClient / held / ((room.ticks - from.ticks) / took),
    }),
);
process.exit(0);
