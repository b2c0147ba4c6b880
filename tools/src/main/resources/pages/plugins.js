import { read } from './api.js';

/** The node is asked how its plugins fare this often. */
const LOOK_MILLIS = 2000;

const KINDS = {
  QUARANTINED: 'in quarantine', FAILED: 'failed, runs again', OVER_BUDGET: 'over budget', HUNG: 'held the tick',
  REFUSED: 'new version refused', UNBUILT: "doesn't compile",
};

const $ = (id) => document.getElementById(id);

/** The plugins, and what went wrong with each: what `horizon plugin list` says. */
export class PluginPanel {
  /** @param onTrouble hears of each new trouble, in words */
  constructor(onTrouble) {
    this.onTrouble = onTrouble;
    this.plugins = [];
    this.shown = '';
    this.told = null;
  }

  start() {
    this.look();
    setInterval(() => this.look(), LOOK_MILLIS);
  }

  async look() {
    try {
      this.plugins = (await read('/api/plugins')).plugins;
    } catch {
      return; // the bar says that the node doesn't answer
    }
    const shown = JSON.stringify(this.plugins);
    if (shown === this.shown) return;
    this.shown = shown;
    this.tell();
    const count = this.plugins.filter((plugin) => ails(plugin)).length;
    $('plugin-count').textContent = count === 0 ? '' : String(count);
    $('show-plugins').title = count === 0 ? 'Plugins (L)' : `Plugins (L): ${count} in trouble`;
    // Who reads a stack keeps it open while others change.
    const open = new Set([...document.querySelectorAll('#plugin-list details[open]')].map((node) => node.dataset.key));
    $('plugin-list').replaceChildren(...[...this.plugins]
      .sort((a, b) => ails(b) - ails(a) || a.name.localeCompare(b.name))
      .map((plugin) => entry(plugin, open)));
  }

  /** Says what is new since the last look; what was there before this page was opened stands in the list. */
  tell() {
    const keys = new Map(this.plugins.flatMap((plugin) => plugin.troubles
      .map((trouble) => [key(plugin, trouble), `${plugin.name}: ${KINDS[trouble.kind]}. ${trouble.message}`])));
    if (this.told !== null) {
      for (const [id, text] of keys) if (!this.told.has(id)) this.onTrouble(text);
    }
    this.told = new Set(keys.keys());
  }
}

function ails({ state, troubles }) {
  return Number(state !== 'loaded' || troubles.some(({ kind }) => kind !== 'FAILED'));
}

function key(plugin, { kind, name, tick, message }) {
  return [plugin.name, kind, name, tick, message].join(' ');
}

function entry(plugin, open) {
  const item = document.createElement('li');
  const head = node('p', 'plugin');
  head.append(node('b', '', plugin.name), node('small', '', plugin.version), node('span', plugin.state === 'loaded' ? '' : 'bad', plugin.state));
  item.append(head);
  if (plugin.troubles.length === 0) item.append(node('p', 'quiet', plugin.detail));
  for (const trouble of [...plugin.troubles].reverse()) item.append(line(plugin, trouble, open));
  if (plugin.state === 'disabled' || plugin.troubles.some(({ kind }) => kind === 'QUARANTINED')) {
    item.append(node('code', '', `./horizon plugin enable ${plugin.name}`));
  }
  return item;
}

function line(plugin, trouble, open) {
  const box = document.createElement('details');
  box.dataset.kind = trouble.kind;
  box.dataset.key = key(plugin, trouble);
  box.open = open.has(box.dataset.key);
  const summary = document.createElement('summary');
  summary.append(node('b', '', KINDS[trouble.kind]), ` ${trouble.name}, tick ${trouble.tick.toLocaleString('en')}`,
    node('span', 'message', trouble.message));
  box.append(summary, node('pre', '', trouble.stack || trouble.message));
  if (trouble.next !== '') box.append(node('code', '', trouble.next));
  return box;
}

function node(tag, style, text = '') {
  const made = document.createElement(tag);
  if (style !== '') made.className = style;
  made.textContent = text;
  return made;
}
