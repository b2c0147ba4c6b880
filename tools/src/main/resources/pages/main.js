import { read, ticketFor } from './api.js';
import { Camera } from './camera.js';
import { Chart } from './chart.js';
import { Dealings } from './dealings.js';
import { Flight } from './flight.js';
import { bytes, metres } from './glyphs.js';
import { Link } from './link.js';
import {
  ChatPanel, fillLegend, Inspector, notice, PlaceList, setText, TierLegend,
} from './panels.js';
import { PluginPanel } from './plugins.js';
import { attachPointer } from './pointer.js';
import { NEUTRAL } from './ship.js';
import { Sparkline } from './sparkline.js';
import { Universe } from './universe.js';

/** The node is asked for its own figures this often. */
const STATUS_MILLIS = 1000;
/** The selected entity's components are read this often. */
const INSPECT_MILLIS = 1000;
/** Orbits change only when bodies appear. */
const ORBITS_MILLIS = 30_000;
const PLAYER_KEY = 'horizon.player';
const OWN_KEY = 'horizon.own';
/** Zoom when the camera goes to a ship, metres per pixel. */
const SHIP_SCALE = 12;

/** What a node does while its ticks take too long, in players' words. */
const OVERLOAD = {
  normal: '',
  'far-tiers-slower': 'Crowded: far things are told less often',
  'close-tighter': 'Crowded: fewer ships in detail',
  'cosmetics-shed': 'Crowded: details come later',
  'time-dilated': 'Crowded',
};

const $ = (id) => document.getElementById(id);

const camera = new Camera();
const chart = new Chart($('chart'), camera);
const universe = new Universe();
const link = new Link();
const spark = new Sparkline($('spark'));
const flight = new Flight((controls) => link.helm?.steer(controls));
const chat = new ChatPanel((message) => dealings.say(message));
const dealings = new Dealings(link, chat, flyTo);
const places = new PlaceList((id) => { select(id); goTo(id); });

const tiers = new TierLegend();
const plugins = new PluginPanel((text) => notice(text));

/** Buttons and the panels that they show; the panels share one place. */
const PANELS = Object.entries({ 'show-places': 'places', 'show-help': 'help', 'show-plugins': 'plugins' });

const view = {
  selectedId: null,
  targetId: null,
  destination: null,
  radii: { CLOSE: 1e3, MEDIUM: 1e4, LOW: 1e5 },
  fitted: false,
  errors: [],
};

const inspector = new Inspector({
  deselect: () => select(null),
  'act-target': () => target(view.selectedId),
  'act-go': () => flyTo(universe.things.get(view.selectedId)),
  'act-dock': () => {
    link.helm?.handOver();
    link.send('ship', 'dock', { station: view.selectedId });
  },
  'act-mine': () => link.send('mining', 'start', { rock: view.selectedId }),
  'act-claim': () => link.send('mining', 'claim', { rock: view.selectedId }),
  'act-loot': () => link.send('combat', 'loot', { container: view.selectedId }),
  'act-follow': () => goTo(view.selectedId),
});

function select(id) {
  view.selectedId = id;
  inspector.show(id === null ? null : universe.things.get(id) ?? null);
  if (id !== null) inspect();
}

function goTo(id) {
  const thing = universe.things.get(id);
  if (thing === undefined) return;
  const scale = thing.kind === 'body'
    ? Math.max(thing.radius / 60, Camera.NEAREST)
    : thing.kind === 'place' ? Math.max(thing.radius / 30, SHIP_SCALE) : SHIP_SCALE;
  camera.follows = id;
  camera.flyTo(thing.x, thing.y, thing.kind === 'ship' ? Math.min(camera.scale, scale) : scale);
}

function target(id) {
  if (id === null || id === universe.ownId) return;
  view.targetId = id;
  flight.target = id;
  link.send('ship', 'target', { target: id });
}

function flyTo(place) {
  if (!place || universe.ownId === null) return;
  const z = place.z ?? universe.own?.z ?? 0;
  view.destination = { x: place.x, y: place.y, z };
  link.helm?.handOver();
  link.send('ship', 'go-to', view.destination);
}

function allStop() {
  flight.releaseAll();
  view.destination = null;
  link.helm?.steer({ ...NEUTRAL, target: flight.target });
}

function showAll() {
  const reach = universe.bounds();
  camera.follows = null;
  camera.fit(-reach, -reach, reach, reach);
}

function takeOver(shipId) {
  universe.ownId = shipId;
  sessionStorage.setItem(OWN_KEY, shipId);
  flight.active = true;
  $('take').hidden = true;
  $('flying').hidden = false;
  $('show-own').disabled = false;
  camera.follows = shipId;
  view.wantsClose = true;
}

function loseShip(text) {
  link.helm?.handOver();
  dealings.undocked();
  universe.ownId = null;
  sessionStorage.removeItem(OWN_KEY);
  flight.active = false;
  view.destination = null;
  view.targetId = null;
  $('take').hidden = false;
  $('flying').hidden = true;
  $('show-own').disabled = true;
  camera.follows = null;
  if (text) notice(text);
}

/** Messages of the node, by namespace and event. */
const handlers = {
  ...dealings.handlers(),
  'ship/taken': ({ ship }) => {
    takeOver(ship);
    notice('The ship is yours. W A S D fly, space fires, double click flies there.', true);
  },
  'ship/hidden': ({ hidden }) => { $('hide').setAttribute('aria-pressed', String(hidden)); },
  'ship/jump-refused': ({ starSystem, reason }) => {
    notice(`Your ship stays, it can't jump to ${starSystem}: ${reason}`);
  },
  'session/moved': ({ starSystem }) => {
    if (starSystem !== $('star-system').textContent) notice(`Welcome to ${starSystem}.`, true);
    setText('star-system', starSystem);
  },
  'ship/docked': ({ station }) => {
    link.helm?.handOver();
    $('undock').hidden = false;
    dealings.docked(station);
    notice(`Docked at ${universe.things.get(station)?.name || 'the station'}.`, true);
  },
  'ship/undocked': () => {
    $('undock').hidden = true;
    dealings.undocked();
  },
  'ship/destroyed': ({ ship }) => {
    if (ship === undefined || ship === universe.ownId) loseShip('Your ship was destroyed.');
  },
  'session/focus': ({ entity }) => {
    if (entity !== '0:0' && entity !== universe.ownId) takeOver(entity);
  },
  'chat/message': ({ from, message }) => chat.add(from, message),
  'greeter/greeting': ({ text }) => chat.add('greeter', text, 'greeting'),
  'session/overload': showOverload,
  'session/refused': ({ code, reason }) => {
    notice(`${reason} (${code})`);
    chat.add('', `Refused: ${reason} (${code})`, 'system');
  },
};

function showOverload({ step, timeRate }) {
  const time = timeRate < 1 ? `time runs at ${Math.round(100 * timeRate)} %` : '';
  const words = [OVERLOAD[step] ?? step, time].filter((part) => part !== '').join(': ');
  const pill = $('overload');
  pill.hidden = words === '';
  pill.textContent = words;
  pill.title = words;
}

link.addEventListener('message', ({ detail }) => {
  handlers[`${detail.namespace}/${detail.event}`]?.(detail.data);
});

link.addEventListener('state', ({ detail }) => {
  const pill = $('connection');
  pill.dataset.state = detail.state;
  pill.textContent = detail.words;
  pill.title = detail.words;
  chat.enable(detail.state === 'connected');
  if (detail.state === 'connected') {
    $('login').hidden = true;
    showOverload({ step: 'normal', timeRate: 1 });
    $('helm').hidden = false;
    $('chat').hidden = false;
    setText('star-system', detail.starSystem);
    sessionStorage.setItem(PLAYER_KEY, detail.player);
    boardAgain();
  } else if (detail.state === 'refused') {
    loseShip('');
    showLogin(detail.words);
  } else if (detail.state === 'idle') {
    showLogin('');
  }
});

/** After a resumed session nobody says again which ship is ours: ask whether it still flies. */
async function boardAgain() {
  const ship = sessionStorage.getItem(OWN_KEY);
  if (ship === null || universe.ownId !== null) return;
  try {
    await read(`/api/entities/${ship}`);
    if (universe.ownId === null) takeOver(ship);
  } catch {
    loseShip('Your ship is gone. Take another one.');
  }
}

function showLogin(problem) {
  $('login').hidden = false;
  $('helm').hidden = true;
  $('login-error').hidden = problem === '';
  $('login-error').textContent = problem;
}

async function enter(player) {
  try {
    await link.connect(player, () => ticketFor(player));
  } catch (error) {
    showLogin(error.message);
  }
}

$('login').addEventListener('submit', (event) => {
  event.preventDefault();
  enter($('player').value.trim());
});
$('take').addEventListener('click', () => link.send('ship', 'take', {}));
$('stop').addEventListener('click', allStop);
$('undock').addEventListener('click', () => link.send('ship', 'undock', {}));
$('hide').addEventListener('click', hideShip);

/** Hides one's own ship from all others, or shows it to them again. */
function hideShip() {
  const hidden = $('hide').getAttribute('aria-pressed') !== 'true';
  link.send('ship', 'hide', { hidden });
}
$('zoom-in').addEventListener('click', () => camera.zoom(1 / 1.7));
$('zoom-out').addEventListener('click', () => camera.zoom(1.7));
$('show-all').addEventListener('click', showAll);
$('show-own').addEventListener('click', () => goTo(universe.ownId));
for (const [button, panel] of PANELS) {
  $(button).addEventListener('click', () => toggle(button, panel));
}

$('show-dealings').addEventListener('click', () => dealings.show($('dealings').hidden));
$('show-tiers').addEventListener('click', colourByTier);

/**
 * Colours by tier or by faction, in turns; by tier, what the ship doesn't see nearer is at SENSOR, as the
 * rules have it. The panels to the left share one place.
 */
function colourByTier() {
  chart.byTier = !chart.byTier;
  link.observe(chart.byTier ? 'SENSOR' : null);
  $('show-tiers').setAttribute('aria-pressed', String(chart.byTier));
  $('tiers').hidden = !chart.byTier;
  for (const [button, panel] of PANELS) {
    if (chart.byTier && !$(panel).hidden) toggle(button, panel);
  }
}

function toggle(button, panel) {
  if (chart.byTier && $(panel).hidden) colourByTier();
  const shows = $(panel).hidden;
  for (const [of, other] of PANELS) {
    $(other).hidden = !shows || other !== panel;
    $(of).setAttribute('aria-expanded', String(shows && of === button));
  }
}

hold($('fire'), 'Space');
for (const button of document.querySelectorAll('.pad button')) hold(button, button.dataset.key);

/** A button that acts like a key that is held. */
function hold(button, code) {
  button.addEventListener('pointerdown', (event) => {
    button.setPointerCapture(event.pointerId);
    flight.press(code);
  });
  for (const end of ['pointerup', 'pointercancel']) {
    button.addEventListener(end, () => flight.release(code));
  }
}

const KEYS = {
  Equal: () => camera.zoom(1 / 1.4), NumpadAdd: () => camera.zoom(1 / 1.4),
  Minus: () => camera.zoom(1.4), NumpadSubtract: () => camera.zoom(1.4),
  ArrowLeft: () => camera.pan(60, 0), ArrowRight: () => camera.pan(-60, 0),
  ArrowUp: () => camera.pan(0, 60), ArrowDown: () => camera.pan(0, -60),
  Digit0: showAll, KeyC: () => goTo(universe.ownId), KeyT: () => target(view.selectedId),
  KeyX: allStop, KeyH: hideShip, KeyV: colourByTier, KeyP: () => toggle('show-places', 'places'),
  KeyM: () => dealings.show($('dealings').hidden), KeyL: () => toggle('show-plugins', 'plugins'),
  Escape: () => select(null), Enter: () => $('chat-text').focus(),
};

addEventListener('keydown', (event) => {
  const typing = event.target.matches('input, select');
  const pressing = event.target.matches('button') && (event.code === 'Space' || event.code === 'Enter');
  if (typing || pressing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === '?') toggle('show-help', 'help');
  else if (flight.active && flight.press(event.code)) event.preventDefault();
  else if (KEYS[event.code]) {
    KEYS[event.code]();
    event.preventDefault();
  }
});
addEventListener('keyup', (event) => flight.release(event.code));
addEventListener('blur', () => flight.releaseAll());
addEventListener('resize', () => chart.resize());
addEventListener('error', (event) => view.errors.push(String(event.message)));
addEventListener('unhandledrejection', (event) => view.errors.push(String(event.reason)));

attachPointer($('chart'), camera, {
  click: (px, py) => select(chart.pick(universe.things.values(), px, py)?.id ?? null),
  doubleClick: (px, py) => {
    const thing = chart.pick(universe.things.values(), px, py);
    flyTo(thing && thing.id !== universe.ownId ? thing
      : { x: camera.worldX(px), y: camera.worldY(py) });
  },
});

async function inspect() {
  const id = view.selectedId;
  if (id === null) return;
  try {
    const answer = await read(`/api/entities/${id}`);
    if (view.selectedId === id) inspector.components(answer.components, '');
  } catch (error) {
    const rows = link.replica?.components(id) ?? {};
    if (view.selectedId !== id) return;
    if (Object.keys(rows).length > 0) inspector.components(rows, 'as replicated');
    else inspector.problem(`Nothing known: ${error.message}`);
  }
}

async function refreshStatus() {
  try {
    const status = await read('/api/status');
    spark.add(status.tickMillis.p50, status.tickMillis.p99, status.budgetMillis);
    setText('tick-time', `${status.tickMillis.p99.toFixed(1)} / ${status.budgetMillis.toFixed(0)} ms`);
    setText('players', status.players.toLocaleString('en'));
    setText('tick', status.tick.toLocaleString('en'));
    setText('star-system', link.connection?.welcome?.starSystem ?? status.starSystem);
    view.radii = status.tierRadiiMetres;
  } catch {
    setText('tick-time', 'no answer');
  }
}

function share({ points, pointsMax }) {
  return `${Math.max(0, Math.round(points / pointsMax * 100))} %`;
}

async function refreshOrbits() {
  try {
    universe.setOrbits((await read('/api/query?where=Orbit&limit=500')).entities);
  } catch {
    universe.setOrbits([]);
  }
}

function frame(now) {
  if (link.helm) universe.update(link.helm, link.tickNow());
  const own = universe.own;
  if (!view.fitted && universe.things.size > 0) {
    view.fitted = true;
    const reach = universe.bounds();
    camera.fit(-reach, -reach, reach, reach);
  }
  if (own && view.wantsClose) {
    view.wantsClose = false;
    camera.flyTo(own.x, own.y, SHIP_SCALE);
  }
  camera.update(now, camera.follows === null ? null : universe.things.get(camera.follows) ?? null);
  const selected = universe.things.get(view.selectedId) ?? null;
  if (view.destination && own
    && Math.hypot(own.x - view.destination.x, own.y - view.destination.y) < 2 * own.radius + 150) {
    view.destination = null;
  }
  chart.draw({
    things: universe.things.values(), byId: universe.things, orbits: universe.orbits, own, selected,
    target: universe.things.get(view.targetId) ?? null, destination: view.destination,
    radii: view.radii, now,
  });
  if (selected) inspector.describe(selected, own);
  if (own) describeOwn(own);
  drawScale();
  requestAnimationFrame(frame);
}

function describeOwn(own) {
  setText('own-name', own.name || 'your ship');
  setText('own-speed', `${metres(Math.hypot(own.vx, own.vy, own.vz))}/s`);
  const rows = link.replica.find(own.id);
  const hull = rows?.component('Hull');
  const shield = rows?.component('Shield');
  setText('own-hull', hull ? share(hull) : '–');
  setText('own-shield', shield ? share(shield) : '–');
  const aim = universe.things.get(view.targetId);
  setText('own-target', aim
    ? `${aim.name || aim.id}, ${metres(Math.hypot(aim.x - own.x, aim.y - own.y, aim.z - own.z))}`
    : 'none');
}

function drawScale() {
  const wanted = camera.scale * 110;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = [5, 2, 1].find((factor) => factor * power <= wanted) * power;
  const [text, bar] = $('scale').children;
  if (text.textContent !== metres(step)) text.textContent = metres(step);
  bar.style.width = `${step / camera.scale}px`;
}

function everySecond() {
  setText('ships', universe.ships.toLocaleString('en'));
  setText('bytes', `${bytes(link.bytesPerSecond())}/s`);
  places.update(universe.things.values());
  tiers.update(universe.things.values());
}

/** What tests look at. */
window.horizon = {
  get state() { return $('connection').dataset.state; },
  get ships() { return universe.ships; },
  get ownId() { return universe.ownId; },
  get own() {
    const own = universe.own;
    return own && { id: own.id, x: own.x, y: own.y, z: own.z, vx: own.vx, vy: own.vy, vz: own.vz };
  },
  get predicts() { return link.helm?.predicts ?? false; },
  get corrections() { return link.helm?.prediction.corrections ?? 0; },
  get chat() { return [...chat.texts]; },
  get plugins() { return plugins.plugins; },
  get offers() { return [...dealings.offers]; },
  get book() { return dealings.book; },
  get errors() { return [...view.errors]; },
  get tick() { return link.tickNow(); },
  things: () => [...universe.things.values()].map(({ id, kind, type, tier, name, x, y, z, px, py }) =>
    ({ id, kind, type, tier, name, x, y, z, px, py })),
  select, goTo, camera,
};

fillLegend();
chart.resize();
camera.zoom(1);
requestAnimationFrame(frame);
setInterval(refreshStatus, STATUS_MILLIS);
setInterval(inspect, INSPECT_MILLIS);
setInterval(everySecond, 1000);
setInterval(refreshOrbits, ORBITS_MILLIS);
refreshStatus();
refreshOrbits();
plugins.start();
const returning = sessionStorage.getItem(PLAYER_KEY);
if (returning) {
  $('player').value = returning;
  enter(returning);
} else {
  $('player').focus();
}
