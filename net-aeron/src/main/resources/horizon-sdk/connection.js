import { Replica } from './replica.js';
import { ReplicationError } from './frames.js';
import { TickClock } from './clock.js';
import { encodeEvent, encodeInput, PROTOCOL_VERSION } from './session-codec.js';

const BACKOFF_MILLIS = 250;
const BACKOFF_MILLIS_MAX = 8_000;
/** Backoffs are drawn between this part and all of them, so that many clients don't come at once. */
const JITTER = 0.5;
const PING_MILLIS = 2_000;
/** A view that can't be followed is asked for afresh at most this often. */
const REFRESH_MILLIS_MIN = 10_000;

/** After these the same hello would be refused again: wrong name, wrong ticket, replaced, too old. */
const FINAL = new Set(['HZ-GW-012', 'HZ-GW-013', 'HZ-GW-014', 'HZ-GW-016', 'HZ-GW-018', 'HZ-GW-030']);

/**
 * A session with a gateway. It comes back by itself: with the resume ticket while the session waits,
 * with a new login afterwards.
 *
 * Events: `state` (detail: connecting, open, waiting, closed), `welcome` (detail: the welcome),
 * `message` (detail: {namespace, event, data}, all but pongs), `refused` (detail: {code, reason,
 * closes, retryMillis where the server says when to come back}), `fault` (detail: an Error, such as a frame that could not be read).
 */
export class Connection extends EventTarget {
  /**
   * @param {object} options
   * @param {string} options.player
   * @param {(player: string) => Promise<string>} options.ticket asks for a login ticket
   * @param {string} [options.url] of the gateway's /play; the page's own host by default
   * @param {Replica} [options.replica] is fed with frames; a new one by default
   * @param {typeof WebSocket} [options.WebSocket]
   */
  constructor({ player, ticket, url, replica, WebSocket: Socket }) {
    super();
    this.player = player;
    this.ticket = ticket;
    this.url = url ?? `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/play`;
    this.replica = replica ?? new Replica();
    this.Socket = Socket ?? globalThis.WebSocket;
    this.clock = new TickClock();
    this.state = 'closed';
    this.welcome = null;
    this.resume = null;
    this.sequence = 0;
    this.attempt = 0;
    /** Milliseconds there and back, smoothed; null before the first pong. */
    this.roundTripMillis = null;
    this.bytesIn = 0;
    this.bundlesIn = 0;
    this.wanted = false;
    this.refreshedAt = -Infinity;
    this.retryMillis = 0;
  }

  /** Connects, and stays connected until close() or a final refusal. */
  open() {
    if (this.wanted) return;
    this.wanted = true;
    this.attempt = 0;
    this.dial();
  }

  /** Says goodbye: the session ends. */
  close() {
    this.wanted = false;
    clearTimeout(this.retry);
    this.resume = null;
    if (this.state === 'open') this.sendEnvelope('session', 'leave', {});
    this.socket?.close();
    this.become('closed');
  }

  /** Sends an event; false when there is no connection now. */
  send(namespace, event, data = {}) {
    if (this.state !== 'open') return false;
    if (namespace !== 'session') this.sequence++;
    this.sendEnvelope(namespace, event, data);
    return true;
  }

  /** Sends an event's payload in binary; `latestWins` for continuous control. */
  sendPayload(eventType, payload, latestWins = false) {
    if (this.state !== 'open') return false;
    const encode = latestWins ? encodeInput : encodeEvent;
    this.socket.send(encode(++this.sequence, eventType, payload));
    return true;
  }

  /** Asks to see the whole star system at one tier, or with 'NONE' no longer; development only. */
  observe(tier) { return this.send('session', 'observe', { tier }); }

  /**
   * The node's tick now, with a fraction: for Replica.place. Since the session went to another node
   * it is that node's and `replica.tickOffset` more.
   */
  tick(nowMillis = performance.now()) { return this.clock.at(nowMillis); }

  sendEnvelope(namespace, event, data) {
    this.socket.send(JSON.stringify({ namespace, event, data }));
  }

  async dial() {
    this.become('connecting');
    let hello;
    try {
      hello = this.resume !== null
        ? { player: this.player, resume: this.resume, protocolVersion: PROTOCOL_VERSION }
        : {
          player: this.player,
          ticket: await this.ticket(this.player),
          protocolVersion: PROTOCOL_VERSION,
        };
    } catch (error) {
      this.tell('fault', error);
      this.later();
      return;
    }
    if (!this.wanted) return;
    const socket = new this.Socket(this.url);
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    socket.onopen = () => this.sendEnvelope('session', 'hello', hello);
    socket.onmessage = ({ data }) => {
      if (socket !== this.socket) return;
      if (typeof data === 'string') this.text(data);
      else this.binary(data);
    };
    socket.onclose = () => {
      if (socket !== this.socket) return;
      clearInterval(this.pings);
      this.socket = null;
      if (this.wanted) this.later();
      else this.become('closed');
    };
  }

  later() {
    this.become('waiting');
    const backoff = Math.min(BACKOFF_MILLIS * 2 ** this.attempt++, BACKOFF_MILLIS_MAX);
    // A server that says when to come back has spread its clients already.
    this.retry = setTimeout(
      () => this.dial(), Math.max(this.retryMillis, backoff * (1 - JITTER * Math.random())));
    this.retryMillis = 0;
  }

  text(json) {
    this.bytesIn += json.length;
    const message = JSON.parse(json);
    if (message.namespace === 'session') {
      switch (message.event) {
        case 'welcome': this.welcomed(message.data); break;
        case 'refused': this.refused(message.data); break;
        case 'overload': this.clock.dilate(message.data.timeRate, performance.now()); break;
        case 'moved': this.moved(message.data); break;
        case 'pong': this.pong(message.data); return;
        default:
      }
    }
    this.tell('message', message);
  }

  binary(bytes) {
    this.bytesIn += bytes.byteLength;
    this.bundlesIn++;
    try {
      this.replica.applyBundle(bytes);
    } catch (error) {
      if (!(error instanceof ReplicationError)) throw error;
      this.tell('fault', error);
      if (!this.replica.viewIsWhole) this.refresh();
    }
    if (this.replica.lastTick > 0) this.clock.observe(this.replica.lastTick, performance.now());
  }

  /** Connects again for a fresh view: the session goes on with its resume ticket. */
  refresh() {
    const now = performance.now();
    if (now - this.refreshedAt < REFRESH_MILLIS_MIN) return;
    this.refreshedAt = now;
    this.socket?.close();
  }

  welcomed(welcome) {
    this.welcome = welcome;
    this.resume = welcome.resume;
    this.sequence = welcome.lastInputSequence;
    this.attempt = 0;
    this.replica.reset();
    this.replica.tickHz = welcome.tickHz;
    this.clock = new TickClock(welcome.tickHz);
    this.clock.observe(welcome.tick, performance.now());
    this.become('open');
    clearInterval(this.pings);
    this.pings = setInterval(() => this.ping(), PING_MILLIS);
    this.pings.unref?.();
    this.tell('welcome', welcome);
  }

  /** The session is at another node now, whose ticks have other numbers: time goes on here. */
  moved({ tick, tickHz, starSystem }) {
    const offset = Math.round(this.clock.at(performance.now())) - tick;
    this.replica.moved(offset);
    this.replica.tickHz = tickHz;
    this.clock.fullHz = tickHz;
    // Until the node says that its time runs slower.
    this.clock.dilate(1, performance.now());
    this.welcome = { ...this.welcome, starSystem, tickHz };
  }

  refused(refusal) {
    this.tell('refused', refusal);
    if (!refusal.closes) return;
    this.retryMillis = refusal.retryMillis ?? 0;
    const resuming = this.state === 'connecting' && this.resume !== null;
    this.resume = null;
    // The session may be over or its ticket used: a new login may still do. What a plugin or an
    // operator ended stays ended.
    if (!resuming && (FINAL.has(refusal.code) || !refusal.code.startsWith('HZ-GW-'))) {
      this.wanted = false;
    }
  }

  ping() {
    if (this.state === 'open') {
      this.sendEnvelope('session', 'ping', { clientTime: Math.round(performance.now()) });
    }
  }

  pong({ clientTime, tick }) {
    const trip = performance.now() - clientTime;
    this.roundTripMillis =
      this.roundTripMillis === null ? trip : this.roundTripMillis * 0.8 + trip * 0.2;
    if (tick > 0) this.clock.observe(tick + this.replica.tickOffset, performance.now());
  }

  become(state) {
    if (this.state === state) return;
    this.state = state;
    this.tell('state', state);
  }

  tell(type, detail) { this.dispatchEvent(new CustomEvent(type, { detail })); }
}
