/** The page of a local mesh: what its processes do, and what the coordinator knows. */
import { read } from './api.js';

const ASK_MILLIS = 1000;
const SHOWN_MAX = 40;
const COLOURS = ['#4a8fd4', '#2fd6a1', '#ffd27d', '#d9a6ff', '#ff7a6b', '#7ee0ff', '#c8e06a', '#ff9ecb'];
const SVG = 'http://www.w3.org/2000/svg';
const byId = (id) => document.getElementById(id);
const whole = new Intl.NumberFormat('en');

function cell(content, attributes = {}) {
  const td = document.createElement('td');
  td.append(content);
  for (const [name, value] of Object.entries(attributes)) {
    td.setAttribute(name, value);
  }
  return td;
}

const number = (value) => cell(whole.format(value), { class: 'number' });

/** What hasn't changed stays the same element, so that it keeps the focus and what is selected in it. */
function rows(table, all, cells) {
  const body = byId(table).tBodies[0];
  all.forEach((each, row) => {
    const tr = body.rows[row] ?? body.insertRow();
    cells(each).forEach((td, column) => {
      const shown = tr.cells[column];
      if (!shown) {
        tr.append(td);
      } else if (shown.outerHTML !== td.outerHTML) {
        shown.replaceWith(td);
      }
    });
  });
  while (body.rows.length > all.length) {
    body.deleteRow(-1);
  }
}

function link(text, address) {
  if (!address) {
    return text;
  }
  const a = document.createElement('a');
  a.href = address;
  a.textContent = text;
  return a;
}

/** A node keeps its colour while the page is open. */
const colours = new Map();
function colour(node) {
  if (!colours.has(node)) {
    colours.set(node, COLOURS[colours.size % COLOURS.length]);
  }
  return colours.get(node);
}

function owner(name) {
  const text = document.createDocumentFragment();
  if (name !== 'nobody') {
    const dot = document.createElement('i');
    dot.style.background = colour(name);
    text.append(dot);
  }
  text.append(name);
  return text;
}

const isFar = (metres) => Math.abs(metres) > 1e14;
const km = (metres) => (isFar(metres) ? (metres < 0 ? '−∞' : '∞') : whole.format(Math.round(metres / 1000)));

function box(region) {
  return ['x', 'y', 'z']
    .map((axis, i) => [axis, region.min[i], region.max[i]])
    .filter(([, min, max]) => !isFar(min) || !isFar(max))
    .map(([axis, min, max]) => `${axis} ${km(min)} to ${km(max)}`)
    .join(', ') || 'everywhere';
}

function shape(kind, attributes) {
  const made = document.createElementNS(SVG, kind);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  return made;
}

/** From above: x to the right, y up. */
function map(state) {
  const svg = byId('map');
  const width = svg.clientWidth;
  const height = svg.clientHeight;
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  const scale = height / (2.3 * state.radius);
  const x = (metres) => Math.min(width, Math.max(0, width / 2 + metres * scale));
  const y = (metres) => Math.min(height, Math.max(0, height / 2 - metres * scale));
  const parts = [];
  for (const region of state.regions) {
    const left = x(region.min[0]);
    const right = x(region.max[0]);
    const top = y(region.max[1]);
    const bottom = y(region.min[1]);
    const fill = region.owner === 'nobody' ? '#333a48' : colour(region.owner);
    parts.push(shape('rect', {
      x: left, y: top, width: right - left, height: bottom - top, fill, 'fill-opacity': 0.28, stroke: fill,
    }));
    const text = shape('text', { x: (left + right) / 2, y: top + 18 });
    text.textContent = `${region.region} · ${region.owner}${region.movesTo ? ` → ${region.movesTo}` : ''}`;
    parts.push(text);
  }
  parts.push(shape('circle', { class: 'ring', cx: width / 2, cy: height / 2, r: state.radius * scale }));
  parts.push(shape('circle', { class: 'sun', cx: width / 2, cy: height / 2, r: 4 }));
  svg.replaceChildren(...parts);
}

function load(node) {
  const td = document.createElement('td');
  const meter = document.createElement('meter');
  const budget = node.load.budgetMicros || 1;
  meter.max = budget;
  meter.high = budget * 0.8;
  meter.value = node.load.tickMicros;
  td.append(meter, `${(node.load.tickMicros / 1000).toFixed(2)} of ${(budget / 1000).toFixed(0)}`);
  return td;
}

/** The last event that the history shows. */
let latest = {};

const sum = (nodes, figure) => nodes.reduce((all, node) => all + node.load[figure], 0);

function show(state) {
  const there = state.nodes.filter((node) => node.health !== 'left' && node.health !== 'gone');
  const ticking = there.filter((node) => node.health === 'ticking').length;
  const open = state.transfers.filter((each) => !['done', 'reversed'].includes(each.stage));
  byId('star-system').textContent = state.starSystem;
  const verdict = byId('verdict');
  const away = state.processes.filter((each) => each.state !== 'up');
  verdict.dataset.state = state.trouble ? 'refused' : away.length ? 'connecting' : 'connected';
  verdict.textContent = state.trouble
    || (away.length ? `${away.map((each) => each.name).join(', ')}: not up` : 'All processes are up');
  byId('node-count').textContent = `${ticking} of ${there.length}`;
  byId('entity-count').textContent = whole.format(sum(there, 'entities'));
  byId('player-count').textContent = whole.format(sum(there, 'sessions'));
  byId('open-count').textContent = whole.format(open.length);

  state.regions.forEach((region) => region.owner !== 'nobody' && colour(region.owner));
  map(state);
  rows('regions', state.regions, (region) => [
    cell(`${region.starSystem}/${region.region}`), cell(owner(region.owner)),
    cell(region.movesTo ? owner(region.movesTo) : '–'), number(region.epoch), cell(box(region))]);
  const byName = state.nodes.toSorted((a, b) => a.node.localeCompare(b.node, 'en', { numeric: true }));
  rows('nodes', byName, (node) => [
    cell(link(node.node, node.pages)), cell(node.health, { 'data-health': node.health }), number(node.life),
    number(node.load.tick), load(node), cell(`${node.load.dilationPermille / 10} %`, { class: 'number' }),
    number(node.load.sessions), number(node.load.entities), number(node.load.toLeave)]);
  rows('processes', state.processes, (process) => [
    cell(link(process.name, process.address)), cell(process.name === state.leader ? `${process.role}, leads` : process.role), cell(process.state, { 'data-state': process.state }),
    cell(process.pid ? String(process.pid) : '–', { class: 'number' }), number(process.starts)]);
  const ended = state.transfers.filter((each) => !open.includes(each)).reverse();
  byId('no-transfers').hidden = state.transfers.length > 0;
  byId('transfers').hidden = state.transfers.length === 0;
  rows('transfers', [...open, ...ended].slice(0, SHOWN_MAX), (each) => [
    number(each.transfer), cell(each.entity), cell(each.from), cell(each.to),
    cell(each.code ? `${each.stage}: ${each.code}` : each.stage, { title: each.text }),
    number(each.begunMillisAgo - (open.includes(each) ? 0 : each.changedMillisAgo))]);
  const known = state.history.findLastIndex((event) => event.at === latest.at && event.who === latest.who && event.text === latest.text);
  latest = state.history.at(-1) ?? latest;
  byId('history').prepend(...state.history.slice(known + 1).reverse().map((event) => {
    const li = document.createElement('li');
    const time = document.createElement('time');
    time.textContent = new Date(event.at).toLocaleTimeString('en-GB');
    const who = document.createElement('b');
    who.textContent = event.who;
    li.append(time, who, event.text);
    return li;
  }));
  while (byId('history').childElementCount > state.history.length) {
    byId('history').lastElementChild.remove();
  }
  byId('operate').textContent =
    `./horizon mesh status --members ${state.members.join(',')} --key-file ${state.keyFile}`;
}

async function ask() {
  try {
    show(await read('/api/mesh'));
  } catch (error) {
    byId('verdict').dataset.state = 'lost';
    byId('verdict').textContent = 'The command that runs the mesh does not answer';
  }
  setTimeout(ask, ASK_MILLIS);
}

ask();
