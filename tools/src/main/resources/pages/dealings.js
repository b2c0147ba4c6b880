import { notice, setText } from './panels.js';

const element = (id) => document.getElementById(id);
const words = (constant) => String(constant ?? '').toLowerCase().replaceAll('_', ' ');
const credits = (amount) => `${Number(amount).toLocaleString('en')} cr`;
/** Units that one press of a button trades. */
const LOT = 10;
/** Offers of each side that an answer shows. */
const QUOTES = 3;

/** What is typed behind a slash, with its usage: [event, usage, arguments to data]. */
const COMMANDS = {
  found: ['guilds', 'found', '/found TAG name of the guild', ([tag, ...name]) => ({ name: name.join(' '), tag })],
  invite: ['guilds', 'invite', '/invite player', (name) => ({ player: name.join(' ') })],
  leave: ['guilds', 'leave', '/leave', () => ({})],
  kick: ['guilds', 'kick', '/kick player', (name) => ({ player: name.join(' ') })],
  pay: ['guilds', 'pay', '/pay credits', ([amount]) => ({ credits: Math.trunc(Number(amount)) || 0 })],
  form: ['guilds', 'form', '/form wedge|line|wall metres', ([kind, metres]) => (
    { formation: String(kind ?? 'wedge').toUpperCase(), spacing: Number(metres ?? 200) })],
  disband: ['guilds', 'disband', '/disband', () => ({})],
  jump: ['ship', 'jump', '/jump', () => ({})],
  bounty: ['combat', 'bounty', '/bounty credits player', ([amount, ...name]) => (
    { player: name.join(' '), credits: Math.trunc(Number(amount)) || 0 })],
  quotes: ['market', 'compare', '/quotes ore|metal|fuel|goods', ([commodity]) => (
    { commodity: String(commodity ?? '').toUpperCase() })],
  mute: ['chat', 'mute', '/mute player', (name) => ({ player: name.join(' '), muted: true })],
  hear: ['chat', 'mute', '/hear player', (name) => ({ player: name.join(' '), muted: false })],
};

/**
 * Money, market, missions, guild and what players say to each other: all that the universe's plugins tell this
 * player. It knows the link and a place to fly to, nothing of the map.
 */
export class Dealings {
  /**
   * @param {{ send: (namespace: string, event: string, data: object) => boolean }} link
   * @param {import('./panels.js').ChatPanel} chat
   * @param {(place: {x: number, y: number, z: number}) => void} flyTo
   */
  constructor(link, chat, flyTo) {
    this.link = link;
    this.chat = chat;
    this.flyTo = flyTo;
    this.station = null;
    this.book = null;
    this.offers = [];
    this.guild = null;
    this.invitation = null;
  }

  /** Handlers of the node's messages, by namespace and event. */
  handlers() {
    return {
      'economy/balance': ({ credits: amount }) => setText('credits', credits(amount)),
      'market/book': (book) => {
        if (book.station !== this.station) return;
        this.book = book;
        this.drawMarket();
      },
      'market/placed': () => notice('The order is in the book.', true),
      'market/filled': (fill) => {
        const did = fill.side === 'BUY' ? 'Bought' : 'Sold';
        notice(`${did} ${fill.units} ${words(fill.commodity)} at ${credits(fill.price)} each.`, true);
      },
      'market/denied': ({ code, reason }) => this.tell(`${reason} (${code})`),
      'market/compared': ({ commodity, asks, bids }) => this.quote(commodity, asks, bids),
      'procgen/offers': ({ offers }) => { this.offers = offers; this.drawMissions(); },
      'procgen/done': ({ pursuit, reward }) => this.tell(Number(reward) > 0
        ? `Mission done: ${words(pursuit)}, ${credits(reward)}.` : `Mission over: ${words(pursuit)}.`),
      'mining/claimed': () => notice('The claim is yours for a while.', true),
      'mining/stopped': ({ reason }) => notice(`The mining laser stopped: ${words(reason)}.`, true),
      'combat/kill': ({ shipType, faction, lawful, credits: paid }) => this.tell(lawful
        ? `Destroyed a ${words(faction)} ${words(shipType)}: ${credits(paid)}.`
        : `You destroyed an innocent ${words(shipType)}: ${credits(-paid)} on your head.`),
      'combat/wanted': ({ player, credits: amount }) => this.tell(Number(amount) > 0
        ? `Wanted: ${player}, ${credits(amount)}.` : `${player} is no longer wanted.`),
      'combat/held': () => notice('Safe zone: the trigger is blocked.'),
      'combat/looted': ({ units, left }) => this.tell(`Looted ${units} units, ${left} left.`),
      'chat/said': ({ channel, from, to, message }) => this.chat.add(
        channel === 'DIRECT' ? `${from} → ${to}` : from, message, channel.toLowerCase()),
      'chat/muted': ({ player, muted }) => this.tell(`${player} is ${muted ? 'muted' : 'heard again'}.`),
      'guilds/said': ({ from, message }) => this.chat.add(from, message, 'guild'),
      'guilds/invited': ({ guild, name, from }) => {
        this.invitation = guild;
        this.tell(`${from} invites you to ${name}: type /join`);
      },
      'guilds/roster': (roster) => { this.guild = roster.name === '' ? null : roster; this.drawGuild(); },
      'guilds/denied': ({ code, reason }) => this.tell(`${reason} (${code})`),
      'guilds/fleet': ({ ships }) => this.tell(
        ships.length > 0 ? `You fly in a fleet of ${ships.length}.` : 'The fleet is no more.'),
    };
  }

  tell(text) {
    notice(text, true);
    this.chat.add('', text, 'system');
  }

  /** Where in the galaxy it is cheapest and dearest. */
  quote(commodity, asks, bids) {
    const best = (offers) => (offers.length === 0 ? 'nowhere' : offers.slice(0, QUOTES).map((offer) => (
      `${offer.units} × ${credits(offer.price)} at ${offer.name || offer.station}${offer.isAway ? ' (away)' : ''}`)).join(', '));
    this.chat.add('', `${words(commodity)} is sold: ${best(asks)}; bought: ${best(bids)}.`, 'system');
  }

  /** Says what was typed: to the chosen channel, to @player, or does what a /command says. */
  say(text) {
    const [first, ...rest] = text.split(/\s+/);
    if (first === '/join') {
      this.link.send('guilds', 'join', { guild: this.invitation ?? '0:0' });
    } else if (first.startsWith('/')) {
      this.command(first.slice(1), rest);
    } else if (first.startsWith('@') && rest.length > 0) {
      this.link.send('chat', 'say',
        { channel: 'DIRECT', to: first.slice(1), message: rest.join(' ') });
    } else {
      const channel = element('chat-channel').value;
      if (channel === 'SYSTEM') this.link.send('chat', 'message', { message: text });
      else if (channel === 'GUILD') this.link.send('guilds', 'say', { message: text });
      else this.link.send('chat', 'say', { channel, to: '', message: text });
    }
  }

  command(name, words_) {
    const known = COMMANDS[name];
    if (known === undefined) {
      const usages = Object.values(COMMANDS).map(([, , usage]) => usage);
      this.chat.add('', `${['/join', ...usages].join(' · ')} · @player message`, 'system');
      return;
    }
    const [namespace, event, , data] = known;
    this.link.send(namespace, event, data(words_));
  }

  /** The ship came into a bay. */
  docked(station) {
    this.station = station;
    this.link.send('market', 'look', { station });
    this.show(true);
  }

  /** The ship is out of its bay, or lost. */
  undocked() {
    this.station = null;
    this.book = null;
    this.drawMarket();
  }

  show(open) {
    element('dealings').hidden = !open;
    element('show-dealings').setAttribute('aria-expanded', String(open));
  }

  drawMarket() {
    const here = this.book !== null && this.book.station === this.station;
    element('market').hidden = !here;
    if (!here) return;
    element('market-lines').replaceChildren(...this.book.lines.map((line) => {
      const row = document.createElement('tr');
      const price = (amount, units) => (Number(units) > 0 ? `${amount} × ${units}` : '–');
      for (const text of [words(line.commodity), price(line.bid, line.bidUnits),
        price(line.ask, line.askUnits), line.depot > 0 ? `${line.hold} + ${line.depot}` : `${line.hold}`]) {
        const cell = document.createElement('td');
        cell.textContent = text;
        row.append(cell);
      }
      const actions = document.createElement('td');
      actions.append(
        this.button('Buy', Number(line.askUnits) > 0,
          () => this.order('BUY', line, line.ask, Math.min(LOT, line.askUnits))),
        this.button('Sell', Number(line.bidUnits) > 0 && line.hold > 0,
          () => this.order('SELL', line, line.bid, Math.min(LOT, line.hold))));
      row.append(actions);
      return row;
    }));
  }

  order(side, { commodity }, price, units) {
    this.link.send('market', 'order', { station: this.station, side, commodity, price, units });
  }

  drawMissions() {
    setText('mission-count', this.offers.length === 0 ? 'none yet: take a ship' : '');
    element('mission-lines').replaceChildren(...this.offers.map((offer) => {
      const item = document.createElement('li');
      const what = document.createElement('span');
      const goals = { MINE: 'units of ore', HAUL: 'units delivered', FIGHT: 'pirates', EXPLORE: 'signal' };
      what.textContent = `${words(offer.pursuit)}: ${offer.accepted ? `${offer.done} of ` : ''}${offer.goal} `
        + `${goals[offer.pursuit]}, ${credits(offer.reward)}`;
      item.append(what);
      if (offer.accepted) {
        item.className = 'accepted';
        item.append(
          this.button('Fly there', true, () => this.flyTo(offer)),
          this.button('Drop', true, () => this.link.send('procgen', 'drop', {})));
      } else {
        item.append(this.button('Accept', true,
          () => this.link.send('procgen', 'accept', { mission: offer.mission })));
      }
      return item;
    }));
  }

  drawGuild() {
    element('guild').hidden = this.guild === null;
    if (this.guild === null) return;
    const here = this.guild.members.filter((member) => member.here).map((member) => member.name);
    setText('guild-name', `[${this.guild.tag}] ${this.guild.name}`);
    setText('guild-members', `${this.guild.members.length} members, here: ${here.join(', ')} · ${credits(this.guild.credits)}`);
  }

  button(text, enabled, action) {
    const button = document.createElement('button');
    button.textContent = text;
    button.disabled = !enabled;
    button.addEventListener('click', action);
    return button;
  }
}
