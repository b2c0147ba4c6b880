import { read } from './api.js';
import { Camera } from './camera.js';
import { Chart } from './chart.js';
import { factionOf } from './glyphs.js';
import { notice, setText } from './panels.js';
import { Plot } from './plot.js';
import { attachPointer } from './pointer.js';
import { Strip } from './strip.js';
import { TapeSide } from './tape.js';

/** Seconds around the tick at which looping begins. */
const LOOP_SECONDS = 5;
/** Ticks that a plot shows, before and behind, at most. */
const PLOT_TICKS = 1200;
/** What a tick read is listed up to this many lines. */
const LINES_MAX = 12;
const RADII = {};

const $ = (id) => document.getElementById(id);

const camera = new Camera();
const view = {
  sides: [], charts: [], strip: null, plot: null, about: null, hz: 20,
  tick: 0, shown: 0, busy: false, wanted: null, playing: false, speed: 1, loop: null,
  selectedId: null, plotted: null, differences: { entities: {}, components: [] },
  before: null, clock: 0, errors: [], summary: null, fitted: false,
};

window.addEventListener('error', (event) => view.errors.push(event.message));
window.addEventListener('unhandledrejection', (event) => view.errors.push(String(event.reason)));

/** Asks for a tick; the latest wish counts, and one request runs at a time. */
function goTo(tick, { calm = false } = {}) {
  const { firstTick, lastTick } = view.about;
  view.tick = Math.min(lastTick, Math.max(firstTick, Math.round(tick)));
  view.wanted = view.tick;
  view.clock = view.tick;
  view.strip.tick = view.tick;
  if (!view.busy) fetchWanted(calm);
}

async function fetchWanted(calm) {
  view.busy = true;
  try {
    while (view.wanted !== null) {
      const tick = view.wanted;
      view.wanted = null;
      await Promise.all(view.sides.map((side) => side.goTo(tick)));
      view.shown = tick;
      if (view.sides.length > 1) {
        view.differences = await read(`/api/differences?tick=${tick}`);
      }
      if (view.wanted === null && !(calm || view.playing)) await describeTick(tick);
      else if (view.playing) quickFigures(tick);
    }
  } catch (error) {
    pause();
    notice(error.message);
  } finally {
    view.busy = false;
  }
}

function quickFigures(tick) {
  setText('tick', tick.toLocaleString('en'));
  setText('clock', clock(tick));
  setText('entities', view.sides[0].things.size.toLocaleString('en'));
  describeDifferences();
  if (view.selectedId !== null && !quickFigures.waits) {
    quickFigures.waits = true;
    inspect(tick).finally(() => { quickFigures.waits = false; });
  }
}

async function describeTick(tick) {
  const summary = await read(`/api/tick?tick=${tick}`);
  view.summary = summary;
  history.replaceState(null, '', link(tick));
  setText('tick', tick.toLocaleString('en'));
  setText('clock', clock(tick));
  setText('millis', summary.millis > 0 ? `${summary.millis.toFixed(2)} ms` : '–');
  setText('entities', summary.entities.toLocaleString('en'));
  const same = summary.hash === summary.recordedHash;
  $('verdict').dataset.state = same ? 'same' : 'differs';
  setText('verdict', same ? 'As recorded' : 'Differs from the tape');
  $('verdict').title = `hash ${summary.hash}, recorded ${summary.recordedHash}`;
  const lines = [
    ...summary.faults.map((text) => ({ text, style: 'error' })),
    ...summary.inputs.slice(0, LINES_MAX).map((text) => ({ text, style: '' })),
  ];
  if (summary.inputs.length > LINES_MAX) {
    lines.push({ text: `and ${summary.inputs.length - LINES_MAX} more`, style: 'more' });
  }
  if (lines.length === 0) lines.push({ text: 'read nothing from outside', style: 'more' });
  $('happened-list').replaceChildren(...lines.map(({ text, style }) => {
    const item = document.createElement('li');
    item.className = style;
    item.textContent = text;
    return item;
  }));
  describeDifferences();
  await inspect(tick);
}

function describeDifferences() {
  if (view.sides.length < 2) return;
  const count = Object.keys(view.differences.entities).length;
  setText('differ', count === 0 ? 'nothing' : `${count.toLocaleString('en')} entities`);
}

function clock(tick) {
  const seconds = tick / view.hz;
  const whole = Math.floor(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
    .map((part) => String(part).padStart(2, '0'));
  return `${parts.join(':')}.${String(Math.floor(seconds * 100) % 100).padStart(2, '0')}`;
}

function link(tick) {
  const query = new URLSearchParams({ tick: String(tick) });
  if (view.selectedId !== null) query.set('entity', view.selectedId);
  if (view.plotted !== null) query.set('field', view.plotted);
  return `?${query}`;
}

// ---- playing -------------------------------------------------------------------------------------

function play() {
  if (view.tick >= view.about.lastTick && view.loop === null) goTo(view.about.firstTick, { calm: true });
  view.playing = true;
  view.clock = view.tick;
  setPlayButton();
}

function pause() {
  view.playing = false;
  setPlayButton();
  if (view.about !== null && !view.busy) goTo(view.tick);
}

function setPlayButton() {
  $('play').textContent = view.playing ? 'Pause' : 'Play';
  $('play').setAttribute('aria-label', view.playing ? 'Pause' : 'Play');
}

function step(ticks) {
  if (view.playing) pause();
  goTo(view.tick + ticks);
}

function toggleLoop() {
  const around = LOOP_SECONDS * view.hz;
  view.loop = view.loop !== null ? null : {
    from: Math.max(view.about.firstTick, view.tick - around),
    to: Math.min(view.about.lastTick, view.tick + around),
  };
  view.strip.loop = view.loop;
  $('loop').setAttribute('aria-pressed', String(view.loop !== null));
}

/** The next of some ticks, or the one before. */
function jump(ticks, back, what) {
  const found = back
    ? ticks.findLast((tick) => tick < view.tick)
    : ticks.find((tick) => tick > view.tick);
  if (view.playing) pause();
  if (found === undefined) notice(`No ${what} ${back ? 'before' : 'behind'} this tick.`, true);
  else goTo(found);
}

const jumps = {
  slow: (back) => jump(view.about.overview.slow, back, 'slow tick'),
  event: (back) => jump(view.about.overview.events.map((mark) => mark.tick), back, 'event'),
  error: (back) => jump(view.about.overview.errors, back, 'error'),
  difference: (back) => nextDifference(back),
};

/** Worlds part and rarely meet again: looks tick by tick, a second at a time. */
async function nextDifference(back) {
  if (view.sides.length < 2) return;
  if (view.playing) pause();
  const by = back ? -1 : 1;
  for (let tick = view.tick + by; tick >= view.about.firstTick && tick <= view.about.lastTick; tick += by) {
    const { components } = await read(`/api/differences?tick=${tick}`);
    if (components.length > 0) {
      goTo(tick);
      return;
    }
  }
  notice(`No difference ${back ? 'before' : 'behind'} this tick.`, true);
}

// ---- what is selected ------------------------------------------------------------------------------

function select(id) {
  view.selectedId = id;
  view.before = null;
  if (id === null) closePlot();
  $('inspector').hidden = id === null;
  history.replaceState(null, '', link(view.tick));
  if (id !== null) inspect(view.tick);
}

async function inspect(tick) {
  const id = view.selectedId;
  if (id === null) return;
  const [now, before, ...others] = await Promise.all([
    read(`/api/entity?tick=${tick}&id=${id}`),
    tick > view.about.firstTick && !view.playing
      ? read(`/api/entity?tick=${tick - 1}&id=${id}`) : Promise.resolve({ components: {} }),
    ...view.sides.slice(1).map((side) => read(`/api/entity?side=${side.number}&tick=${tick}&id=${id}`)),
  ]);
  if (id !== view.selectedId) return;
  const thing = view.sides[0].things.get(id);
  setText('inspected-name', thing?.name || id);
  setText('inspected-kind', thing
    ? `${String(thing.type ?? 'thing').toLowerCase().replaceAll('_', ' ')} · ${factionOf(thing.faction).label} · ${id}`
    : `not in the world at this tick · ${id}`);
  const other = others[0]?.components;
  const isCalm = Object.keys(before.components).length === 0;
  $('components').replaceChildren(...Object.entries(now.components).map(([name, fields]) =>
    section(name, fields, isCalm ? fields : before.components[name] ?? {}, other?.[name])));
  view.plot.draw(tick);
}

function section(name, fields, before, other) {
  const node = document.createElement('section');
  const title = document.createElement('h3');
  title.textContent = name;
  const list = document.createElement('dl');
  for (const [field, value] of Object.entries(fields)) {
    const term = document.createElement('dt');
    term.textContent = field;
    const text = document.createElement('dd');
    const isChanged = JSON.stringify(before[field]) !== JSON.stringify(value);
    if (typeof value === 'number') {
      const button = document.createElement('button');
      button.textContent = valueText(value);
      button.className = isChanged ? 'changed' : '';
      button.title = `${name}.${field} over time`;
      button.dataset.field = `${name}.${field}`;
      button.addEventListener('click', () => openPlot(`${name}.${field}`));
      text.append(button);
    } else {
      const span = document.createElement('span');
      span.className = isChanged ? 'changed' : '';
      span.textContent = valueText(value);
      text.append(span);
    }
    if (other && JSON.stringify(other[field]) !== JSON.stringify(value)) {
      node.classList.add('differs');
      const there = document.createElement('small');
      there.className = 'quiet';
      there.textContent = ` / ${valueText(other[field])}`;
      text.append(there);
    }
    list.append(term, text);
  }
  node.append(title, list);
  return node;
}

async function openPlot(field) {
  view.plotted = field;
  const { firstTick, lastTick } = view.about;
  const from = Math.max(firstTick, view.tick - PLOT_TICKS / 2);
  const to = Math.min(lastTick, from + PLOT_TICKS);
  setText('plot-title', field);
  $('plot-box').hidden = false;
  try {
    const plots = await Promise.all(view.sides.map((side) =>
      read(`/api/plot?side=${side.number}&id=${view.selectedId}&from=${from}&to=${to}`)));
    if (view.plotted !== field) return;
    view.plot.shown = {
      field, ticks: plots[0].ticks, series: plots.map((plot) => plot.fields[field] ?? []),
    };
    history.replaceState(null, '', link(view.tick));
    view.plot.draw(view.tick);
  } catch (error) {
    notice(error.message);
  }
}

function closePlot() {
  view.plotted = null;
  view.plot.shown = null;
  $('plot-box').hidden = true;
}

function valueText(value) {
  if (typeof value === 'number') {
    return Number.isInteger(value) ? value.toLocaleString('en') : Number(value.toPrecision(6)).toString();
  }
  return Array.isArray(value) ? value.map(valueText).join(', ') : String(value);
}

// ---- the picture -----------------------------------------------------------------------------------

function bounds() {
  let reach = 0;
  for (const thing of view.sides[0].things.values()) {
    const matters = thing.type === 'PLANET' || thing.type === 'GATE' || thing.type === 'STATION';
    if (matters) reach = Math.max(reach, Math.hypot(thing.x, thing.y));
  }
  if (reach === 0) {
    for (const thing of view.sides[0].things.values()) reach = Math.max(reach, Math.hypot(thing.x, thing.y));
  }
  return reach || 1e6;
}

function showAll() {
  const reach = bounds();
  camera.follows = null;
  camera.fit(-reach, -reach, reach, reach);
}

let last = performance.now();

function frame(now) {
  const seconds = Math.min(0.25, (now - last) / 1000);
  last = now;
  if (view.playing) advance(seconds);
  if (!view.fitted && view.sides[0].things.size > 0) {
    view.fitted = true;
    showAll();
    camera.update(now + 10_000, null);
  }
  const followed = camera.follows === null ? null : view.sides[0].things.get(camera.follows) ?? null;
  camera.update(now, followed);
  view.sides.forEach((side, i) => {
    side.move(view.playing ? Math.max(-1, Math.min(1, (view.clock - view.shown) / view.hz)) : 0);
    const chart = view.charts[i];
    chart.draw({
      things: side.things.values(), byId: side.things, orbits: side.orbits, own: null,
      selected: side.things.get(view.selectedId) ?? null, target: null, destination: null,
      radii: RADII, now,
    });
    light(chart.context, side);
  });
  view.strip.draw();
  requestAnimationFrame(frame);
}

/** Lights what isn't the same in both tapes. */
function light(c, side) {
  c.strokeStyle = '#ff7a6b';
  c.lineWidth = 1.5;
  c.beginPath();
  for (const id of Object.keys(view.differences.entities)) {
    const thing = side.things.get(id);
    if (thing) {
      c.moveTo(thing.px + 9, thing.py);
      c.arc(thing.px, thing.py, 9, 0, 2 * Math.PI);
    }
  }
  c.stroke();
}

/** Moves the clock, and asks for its tick when the last answer is there: what can't be shown in time is left out. */
function advance(seconds) {
  view.clock += seconds * view.hz * view.speed;
  const end = view.loop?.to ?? view.about.lastTick;
  if (view.clock >= end) {
    if (view.loop === null) {
      view.clock = end;
      view.tick = end;
      pause();
      return;
    }
    view.clock = view.loop.from;
  }
  const tick = Math.floor(view.clock);
  if (tick !== view.tick && !view.busy) {
    const { clock: exact } = view;
    goTo(tick, { calm: true });
    view.clock = exact;
  }
}

// ---- keys and buttons ------------------------------------------------------------------------------

function changeSpeed(by) {
  const speeds = $('speed');
  speeds.selectedIndex = Math.min(speeds.options.length - 1, Math.max(0, speeds.selectedIndex + by));
  view.speed = Number(speeds.value);
}

const keys = {
  Space: () => (view.playing ? pause() : play()),
  ArrowLeft: (shift) => step(shift ? -view.hz : -1),
  ArrowRight: (shift) => step(shift ? view.hz : 1),
  Home: () => step(-Infinity),
  End: () => step(Infinity),
  Comma: () => changeSpeed(-1),
  Period: () => changeSpeed(1),
  KeyL: toggleLoop,
  KeyS: (shift) => jumps.slow(shift),
  KeyN: (shift) => jumps.event(shift),
  KeyE: (shift) => jumps.error(shift),
  KeyD: (shift) => jumps.difference(shift),
  Digit0: showAll,
  Escape: () => (view.plotted !== null ? closePlot() : select(null)),
  Equal: () => camera.zoom(1 / 1.7),
  NumpadAdd: () => camera.zoom(1 / 1.7),
  Minus: () => camera.zoom(1.7),
  NumpadSubtract: () => camera.zoom(1.7),
};

document.addEventListener('keydown', (event) => {
  const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  const pressing = event.target instanceof HTMLButtonElement && event.code === 'Space';
  if (typing || pressing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === '?') {
    toggleHelp();
  } else if (keys[event.code]) {
    event.preventDefault();
    keys[event.code](event.shiftKey);
  }
});

function toggleHelp() {
  $('help').hidden = !$('help').hidden;
  $('show-help').setAttribute('aria-expanded', String(!$('help').hidden));
}

const clicks = {
  play: keys.Space,
  first: keys.Home,
  last: keys.End,
  back: () => step(-1),
  on: () => step(1),
  loop: toggleLoop,
  'next-slow': () => jumps.slow(false),
  'next-event': () => jumps.event(false),
  'next-error': () => jumps.error(false),
  'next-difference': () => jumps.difference(false),
  'zoom-in': () => camera.zoom(1 / 1.7),
  'zoom-out': () => camera.zoom(1.7),
  'show-all': showAll,
  'show-help': toggleHelp,
  deselect: () => select(null),
  'plot-close': closePlot,
};
for (const [id, action] of Object.entries(clicks)) $(id).addEventListener('click', () => action());
$('speed').addEventListener('change', () => { view.speed = Number($('speed').value); });
$('go-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const tick = Number($('go').value);
  if (Number.isInteger(tick) && tick > 0) step(tick - view.tick);
  else notice('A tick is a whole number.');
});

function addMap(side, count) {
  const map = document.createElement('div');
  map.className = 'map';
  const canvas = document.createElement('canvas');
  canvas.tabIndex = 0;
  canvas.setAttribute('role', 'application');
  canvas.setAttribute('aria-roledescription', 'star map');
  canvas.setAttribute('aria-label', `Tape ${side.about.tape}, ${side.about.starSystem}`);
  map.append(canvas);
  if (count > 1) {
    const title = document.createElement('h2');
    title.textContent = `${side.number === 0 ? 'This tape' : 'The other'} · ${side.about.tape} · ${side.about.build}`;
    map.append(title);
  }
  $('maps').append(map);
  const chart = new Chart(canvas, camera);
  attachPointer(canvas, camera, {
    click: (x, y) => select(chart.pick(side.things.values(), x, y)?.id ?? null),
    doubleClick: (x, y) => {
      const thing = chart.pick(side.things.values(), x, y);
      if (thing) {
        camera.follows = thing.id;
        camera.flyTo(thing.x, thing.y, Math.min(camera.scale, 12));
      }
    },
  });
  return chart;
}

async function open() {
  const { sides } = await read('/api/tape');
  view.sides = sides.map((about, number) => new TapeSide(number, about));
  [view.about] = sides;
  if (sides.length > 1) {
    view.about = {
      ...view.about,
      firstTick: Math.max(...sides.map((side) => side.firstTick)),
      lastTick: Math.min(...sides.map((side) => side.lastTick)),
    };
    document.body.classList.add('two');
    $('differ-figure').hidden = false;
    $('next-difference').hidden = false;
  }
  view.hz = view.about.tickHz;
  view.charts = view.sides.map((side) => addMap(side, sides.length));
  view.strip = new Strip($('strip'), view.about, (tick) => step(tick - view.tick));
  view.plot = new Plot($('plot'), (tick) => step(tick - view.tick));
  setText('star-system', view.about.starSystem);
  const resize = () => view.charts.forEach((chart) => chart.resize());
  window.addEventListener('resize', resize);
  resize();
  const query = new URLSearchParams(location.search);
  view.selectedId = query.get('entity');
  $('inspector').hidden = view.selectedId === null;
  goTo(Number(query.get('tick') ?? view.about.firstTick));
  if (view.selectedId !== null && query.has('field')) openPlot(query.get('field'));
  requestAnimationFrame(frame);
}

/** For tests and the console. */
window.replay = {
  get tick() { return view.tick; },
  get shown() { return view.busy ? -1 : view.shown; },
  get playing() { return view.playing; },
  get selected() { return view.selectedId; },
  get plotted() { return view.plot?.shown ?? null; },
  get differing() { return Object.keys(view.differences.entities); },
  get summary() { return view.summary; },
  get errors() { return view.errors; },
  things: () => [...view.sides[0].things.values()].map(({ id, kind, x, y, px, py, name }) =>
    ({ id, kind, x, y, px, py, name })),
  select,
  goTo,
};

open().catch((error) => {
  view.errors.push(error.message);
  notice(error.message);
});
