import { FACTIONS, factionOf, glyphSvg, metres, TIERS, tierSvg } from './glyphs.js';

/** Lines of chat kept; older ones leave the page. */
const CHAT_LINES_MAX = 200;

const element = (id) => document.getElementById(id);

/** The chat's lines and form. */
export class ChatPanel {
  constructor(onSay) {
    this.list = element('chat-lines');
    this.input = element('chat-text');
    /** All lines as text, for tests. */
    this.texts = [];
    element('chat-form').addEventListener('submit', (event) => {
      event.preventDefault();
      const text = this.input.value.trim();
      if (text !== '') onSay(text);
      this.input.value = '';
    });
    this.input.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') element('chart').focus();
    });
  }

  enable(enabled) {
    this.input.disabled = !enabled;
    element('chat-send').disabled = !enabled;
  }

  /** Adds a line; style is empty, greeting or system. */
  add(from, text, style = '') {
    const line = document.createElement('li');
    line.className = style;
    if (from !== '') {
      const who = document.createElement('b');
      who.textContent = from;
      line.append(who);
    }
    line.append(text);
    this.list.append(line);
    this.texts.push(from === '' ? text : `${from}: ${text}`);
    if (this.list.children.length > CHAT_LINES_MAX) {
      this.list.firstChild.remove();
      this.texts.shift();
    }
    this.list.scrollTop = this.list.scrollHeight;
  }
}

/** What is selected: its kind, and its components as the node has them. */
export class Inspector {
  constructor(actions) {
    this.panel = element('inspector');
    for (const [name, action] of Object.entries(actions)) {
      element(name).addEventListener('click', () => action());
    }
  }

  show(thing) {
    this.panel.hidden = thing === null;
    if (thing === null) return;
    this.describe(thing, null);
    element('components').replaceChildren();
  }

  /** The lines that change with every picture. */
  describe(thing, own) {
    const name = thing.name || `${words(thing.type ?? thing.sizeClass)} ${thing.id}`;
    setText('inspected-name', name);
    const parts = [words(thing.type ?? 'blip'), factionOf(thing.faction).label,
      `seen at ${thing.tier}${thing.stale ? ' (stale)' : ''}`];
    if (own && own !== thing) {
      parts.push(`${metres(Math.hypot(thing.x - own.x, thing.y - own.y, thing.z - own.z))} away`);
    }
    setText('inspected-kind', parts.join(' · '));
    const mine = own === thing;
    element('act-target').hidden = mine || own === null;
    element('act-go').hidden = mine || own === null;
    element('act-dock').hidden = own === null || thing.type !== 'STATION';
    for (const act of ['act-mine', 'act-claim']) {
      element(act).hidden = own === null || thing.type !== 'ASTEROID';
    }
    element('act-loot').hidden = own === null || thing.type !== 'CONTAINER';
  }

  /** Components by name, each an object of fields. */
  components(components, origin) {
    const sections = Object.entries(components).map(([name, fields]) => {
      const section = document.createElement('section');
      const title = document.createElement('h3');
      title.textContent = name;
      const note = document.createElement('small');
      note.textContent = origin;
      title.append(note);
      const list = document.createElement('dl');
      for (const [field, value] of Object.entries(fields)) {
        const term = document.createElement('dt');
        term.textContent = field;
        const text = document.createElement('dd');
        text.textContent = valueText(value);
        list.append(term, text);
      }
      section.append(title, list);
      return section;
    });
    element('components').replaceChildren(...sections);
  }

  problem(text) {
    const line = document.createElement('p');
    line.className = 'quiet';
    line.textContent = text;
    element('components').replaceChildren(line);
  }
}

/** The list of bodies, stations and gates; another way to reach what the map shows. */
export class PlaceList {
  constructor(onChoose) {
    this.list = element('place-list');
    this.onChoose = onChoose;
    this.shown = '';
  }

  update(things) {
    const rank = { STAR: 0, PLANET: 1, MOON: 4, STATION: 2, GATE: 3 };
    const places = [...things]
      .filter((thing) => thing.type in rank && thing.name)
      .sort((a, b) => rank[a.type] - rank[b.type] || a.name.localeCompare(b.name));
    const shown = places.map((place) => place.id).join();
    if (shown === this.shown) return;
    this.shown = shown;
    this.list.replaceChildren(...places.map((place) => {
      const item = document.createElement('li');
      const button = document.createElement('button');
      const kind = document.createElement('small');
      kind.textContent = words(place.type);
      button.append(place.name, kind);
      button.addEventListener('click', () => this.onChoose(place.id));
      item.append(button);
      return item;
    }));
  }
}

export function fillLegend() {
  element('legend').replaceChildren(...Object.entries(FACTIONS).map(([name, { label }]) => {
    const item = document.createElement('li');
    item.innerHTML = glyphSvg(name);
    item.append(label);
    return item;
  }));
}

/** The legend of tiers, with how many ships are seen at each. */
export class TierLegend {
  constructor() {
    this.counts = new Map();
    element('tier-legend').replaceChildren(...Object.entries(TIERS).map(([name, { label }]) => {
      const item = document.createElement('li');
      item.innerHTML = tierSvg(name);
      const count = document.createElement('b');
      this.counts.set(name, count);
      item.append(label, count);
      return item;
    }));
  }

  update(things) {
    const seen = new Map();
    for (const { kind, tier, shot } of things) {
      if (!shot && (kind === 'ship' || kind === 'blip')) seen.set(tier, (seen.get(tier) ?? 0) + 1);
    }
    for (const [tier, node] of this.counts) {
      const text = (seen.get(tier) ?? 0).toLocaleString('en');
      if (node.textContent !== text) node.textContent = text;
    }
  }
}

/** Sets a text where it changed: the page's tree stays calm. */
export function setText(id, text) {
  const node = element(id);
  if (node.textContent !== text) node.textContent = text;
}

/** A message over the map, gone after a while. */
export function notice(text, calm = false) {
  const node = element('notice');
  node.textContent = text;
  node.classList.toggle('calm', calm);
  node.hidden = false;
  clearTimeout(notice.timer);
  notice.timer = setTimeout(() => { node.hidden = true; }, 6000);
}

function words(constant) {
  return String(constant ?? '').toLowerCase().replaceAll('_', ' ');
}

function valueText(value) {
  if (typeof value === 'number') {
    return Number.isInteger(value) ? value.toLocaleString('en') : Number(value.toPrecision(6)).toString();
  }
  return Array.isArray(value) ? value.map(valueText).join(', ') : String(value);
}
