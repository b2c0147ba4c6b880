import { ComponentCatalogue, Connection, Replica } from 'horizon-sdk';
import { read, ticketFor } from './api.js';
import { Helm } from './helm.js';

/** The overview, unless told otherwise: the whole star system at this tier, beside what the own ship sees. */
const OVERVIEW = 'LOW';
const RESUME_KEY = 'horizon.resume';

/**
 * The page's session. Tells `state` ({state, words}) and `message` ({namespace, event, data}); says in
 * words what happens to the connection.
 */
export class Link extends EventTarget {
  constructor() {
    super();
    /** @type {Connection | null} */
    this.connection = null;
    /** @type {Helm | null} */
    this.helm = null;
    this.overview = OVERVIEW;
    this.meter = { bytes: 0, at: performance.now() };
  }

  get replica() { return this.connection?.replica ?? null; }

  /** The node's tick now, with a fraction. */
  tickNow() { return this.connection?.tick() ?? 0; }

  /** Signs in; throws with the node's words when it can't be tried at all. */
  async connect(player) {
    this.tell('connecting', 'Connecting');
    const stored = readResume(player);
    // Asked for at once, so that a name that isn't allowed is told before anything is opened.
    let first = stored === null ? await this.ticket(player) : null;
    const components = await read('/api/components');
    const connection = new Connection({
      player,
      replica: new Replica({ components: new ComponentCatalogue(components) }),
      ticket: async (name) => {
        const ticket = first ?? await ticketFor(name);
        first = null;
        return ticket;
      },
    });
    connection.resume = stored;
    this.connection?.close();
    this.connection = connection;
    this.helm = new Helm(connection);
    this.refusal = null;
    connection.addEventListener('state', ({ detail }) => this.changed(connection, detail));
    connection.addEventListener('welcome', ({ detail }) => this.welcomed(connection, detail));
    connection.addEventListener('message', ({ detail }) => {
      this.dispatchEvent(new CustomEvent('message', { detail }));
    });
    connection.addEventListener('refused', ({ detail }) => {
      if (detail.closes) this.refusal = detail;
    });
    connection.open();
  }

  send(namespace, event, data) {
    return this.connection?.send(namespace, event, data) ?? false;
  }

  /** Shows the whole star system at a tier; null for the usual one. */
  observe(tier) {
    this.overview = tier ?? OVERVIEW;
    this.connection?.observe(this.overview);
  }

  /** Bytes received per second since it was last asked. */
  bytesPerSecond() {
    const bytes = this.connection?.bytesIn ?? 0;
    const at = performance.now();
    const rate = (bytes - this.meter.bytes) / Math.max(1, at - this.meter.at) * 1000;
    this.meter = { bytes, at };
    return Math.max(0, rate);
  }

  /** Components of an entity as this client received them. */
  components(id) {
    const entity = this.replica?.find(id);
    if (entity === undefined) return {};
    return Object.fromEntries(
      entity.componentNames.map((name) => [name, entity.component(name) ?? {}]));
  }

  async ticket(player) {
    try {
      return await ticketFor(player);
    } catch (error) {
      this.tell('refused', error.message);
      throw error;
    }
  }

  welcomed(connection, welcome) {
    this.helm?.handOver();
    this.refusal = null;
    sessionStorage.setItem(RESUME_KEY, JSON.stringify(
      { player: connection.player, resume: welcome.resume }));
    connection.observe(this.overview);
    this.tell('connected', `Connected as ${welcome.player}`,
      { player: welcome.player, starSystem: welcome.starSystem });
  }

  changed(connection, state) {
    if (connection !== this.connection) return;
    if (state === 'waiting') this.tell('lost', 'Connection lost, trying again');
    else if (state === 'connecting') this.tell('connecting', 'Connecting');
    const ended = state === 'closed' || (state === 'waiting' && !connection.wanted);
    if (ended && this.refusal !== null) {
      sessionStorage.removeItem(RESUME_KEY);
      this.tell('refused', `${this.refusal.reason} (${this.refusal.code})`);
    } else if (ended) {
      this.tell('idle', 'Not connected');
    }
  }

  tell(state, words, more = {}) {
    this.dispatchEvent(new CustomEvent('state', { detail: { state, words, ...more } }));
  }
}

function readResume(player) {
  const stored = JSON.parse(sessionStorage.getItem(RESUME_KEY) ?? 'null');
  return stored?.player === player ? stored.resume : null;
}
