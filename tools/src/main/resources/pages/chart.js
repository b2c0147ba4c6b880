import { FACTIONS, factionOf, metres, TIERS, tracePath } from './glyphs.js';

/** Labels drawn in one picture; more would be unreadable. */
const LABELS_MAX = 60;
/** Points of an orbit's line. */
const ORBIT_POINTS = 256;
/** An orbit this large on screen is a straight line nearby, and coarse: it fades out. */
const ORBIT_PIXELS_MAX = 20_000;
/** Trails show where a ship was this many seconds ago, within the pixel bounds. */
const TRAIL_SECONDS = 6;
/** Beyond this, in metres per pixel, single ships have no shape. */
const FAR = 2e4;
const TRAIL_PIXELS = { least: 3, most: 26 };

/** The picture: everything that is drawn on the canvas, redrawn whole each time. */
export class Chart {
  constructor(canvas, camera) {
    this.canvas = canvas;
    this.camera = camera;
    this.context = canvas.getContext('2d', { alpha: false });
    this.dust = makeDust();
    this.labels = [];
    /** True to colour what is seen by the tier at which it is, not by its faction. */
    this.byTier = false;
  }

  resize() {
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const { clientWidth, clientHeight } = this.canvas;
    this.canvas.width = Math.round(clientWidth * ratio);
    this.canvas.height = Math.round(clientHeight * ratio);
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.camera.resize(clientWidth, clientHeight);
  }

  /**
   * Draws one picture.
   *
   * @param {object} scene {things, orbits, own, selected, target, destination, radii, now, shots}
   */
  draw(scene) {
    const { context: c } = this;
    this.labels.length = 0;
    this.drawSky(c);
    this.drawGrid(c);
    this.drawOrbits(c, scene);
    const sorted = this.sort(scene.things);
    this.drawRocks(c, sorted.rock);
    this.drawBodies(c, sorted.body, sorted.star);
    if (scene.own) this.drawTiers(c, scene.own, scene.radii);
    this.drawBlips(c, sorted.blip);
    this.drawTrails(c, sorted.ship);
    this.drawShips(c, sorted.ship, scene.own);
    this.drawPlaces(c, sorted.place, scene.now);
    this.drawMarks(c, scene);
    this.drawLabels(c, scene);
  }

  /** What is on screen, by kind. */
  sort(things) {
    const { camera } = this;
    const sorted = { ship: [], body: [], place: [], rock: [], blip: [], star: null };
    const right = camera.width + 30;
    const bottom = camera.height + 30;
    for (const thing of things) {
      const px = camera.screenX(thing.x);
      const py = camera.screenY(thing.y);
      thing.px = px;
      thing.py = py;
      if (thing.type === 'STAR') sorted.star = thing;
      const reach = thing.kind === 'body' ? thing.radius / camera.scale * 8 + 30 : 30;
      if (px > -reach && py > -reach && px < right + reach && py < bottom + reach) {
        sorted[thing.kind].push(thing);
      }
    }
    return sorted;
  }

  drawSky(c) {
    const { camera } = this;
    c.fillStyle = '#05070d';
    c.fillRect(0, 0, camera.width, camera.height);
    const tile = 512;
    for (const [depth, image] of this.dust.entries()) {
      const shift = 0.012 * (depth + 1);
      const ox = mod(-camera.x / camera.scale * shift, tile);
      const oy = mod(camera.y / camera.scale * shift, tile);
      for (let x = ox - tile; x < camera.width; x += tile) {
        for (let y = oy - tile; y < camera.height; y += tile) c.drawImage(image, x, y);
      }
    }
  }

  drawGrid(c) {
    const { camera } = this;
    const step = 10 ** Math.ceil(Math.log10(camera.scale * 70));
    c.lineWidth = 1;
    c.strokeStyle = 'rgba(130,160,210,0.055)';
    c.beginPath();
    for (let x = Math.ceil(camera.worldX(0) / step) * step; x < camera.worldX(camera.width);
      x += step) {
      const px = Math.round(camera.screenX(x)) + 0.5;
      c.moveTo(px, 0);
      c.lineTo(px, camera.height);
    }
    for (let y = Math.ceil(camera.worldY(camera.height) / step) * step; y < camera.worldY(0);
      y += step) {
      const py = Math.round(camera.screenY(y)) + 0.5;
      c.moveTo(0, py);
      c.lineTo(camera.width, py);
    }
    c.stroke();
  }

  drawOrbits(c, { orbits, byId }) {
    const { camera } = this;
    c.lineWidth = 1;
    for (const orbit of orbits) {
      const pixels = orbit.semiMajorAxis / camera.scale;
      if (pixels < 6 || pixels > ORBIT_PIXELS_MAX) continue;
      const centre = orbit.around === null ? { x: 0, y: 0 } : byId.get(orbit.around);
      if (!centre) continue;
      const fade = Math.min(1, (pixels - 6) / 30) * (pixels > 4000 ? 0.5 : 1);
      c.strokeStyle = `rgba(125,165,230,${(0.26 * fade).toFixed(3)})`;
      c.beginPath();
      for (let i = 0; i <= ORBIT_POINTS; i++) {
        const angle = i / ORBIT_POINTS * 2 * Math.PI;
        const along = orbit.semiMajorAxis * (Math.cos(angle) - orbit.eccentricity);
        const across = orbit.semiMinorAxis * Math.sin(angle);
        const px = camera.screenX(centre.x + orbit.px * along + orbit.qx * across);
        const py = camera.screenY(centre.y + orbit.py * along + orbit.qy * across);
        if (i === 0) c.moveTo(px, py);
        else c.lineTo(px, py);
      }
      c.stroke();
    }
  }

  drawBodies(c, bodies, star) {
    const { camera } = this;
    for (const body of bodies) {
      const true_ = body.radius / camera.scale;
      if (body.type === 'STAR') {
        drawStar(c, body.px, body.py, Math.max(true_, 9));
      } else {
        const least = body.type === 'PLANET' ? 4.5 : 2.2;
        const size = Math.max(true_, least);
        const angle = star ? Math.atan2(star.py - body.py, star.px - body.px) : -2.3;
        drawGlobe(c, body.px, body.py, size, angle, globeColour(body));
      }
      const important = body.type === 'STAR' ? 3 : body.type === 'PLANET' ? 2.5 : 0.8;
      const size = Math.max(true_, body.type === 'STAR' ? 12 : 5);
      if (body.type !== 'MOON' || camera.scale < 1.5e3) this.label(body, important, size + 5);
    }
  }

  drawRocks(c, rocks) {
    const { camera } = this;
    const near = camera.scale < 60;
    const size = near ? 3 : camera.scale < 1e3 ? 2 : 1.3;
    for (const [type, colour] of
      [['ASTEROID', 'rgba(190,165,130,0.75)'], ['CONTAINER', 'rgba(140,215,190,0.8)'],
        ['WRECK', 'rgba(205,120,95,0.8)']]) {
      c.fillStyle = colour;
      for (const rock of rocks) {
        if (rock.type !== type && !(type === 'ASTEROID' && !rock.type)) continue;
        const shown = Math.max(size, rock.radius / camera.scale * 2);
        if (shown > 4) {
          c.beginPath();
          c.arc(rock.px, rock.py, shown / 2, 0, 2 * Math.PI);
          c.fill();
        } else {
          c.fillRect(rock.px - shown / 2, rock.py - shown / 2, shown, shown);
        }
        if (camera.scale < 40) this.label(rock, 0.2, shown / 2 + 5);
      }
    }
  }

  /** What has no identity yet: seen at SENSOR alone, or a shot. */
  drawBlips(c, blips) {
    for (const blip of blips) {
      c.fillStyle = this.byTier ? TIERS[blip.tier].colour : 'rgba(170,190,220,0.55)';
      if (!blip.shot) c.fillRect(blip.px - 1, blip.py - 1, 2, 2);
    }
    c.strokeStyle = 'rgba(255,236,170,0.95)';
    c.lineWidth = 1.6;
    c.beginPath();
    for (const blip of blips) {
      if (!blip.shot) continue;
      const speed = Math.hypot(blip.vx, blip.vy) || 1;
      const length = Math.min(16, Math.max(4, speed / this.camera.scale * 0.05));
      c.moveTo(blip.px, blip.py);
      c.lineTo(blip.px - blip.vx / speed * length, blip.py + blip.vy / speed * length);
    }
    c.stroke();
  }

  drawTrails(c, ships) {
    const { camera } = this;
    if (camera.scale > 1.5e3) return;
    c.lineWidth = 1;
    for (const [colour, group] of this.coloured(ships)) {
      c.strokeStyle = colour;
      c.globalAlpha = 0.34;
      c.beginPath();
      for (const ship of group) {
        const dx = ship.vx / camera.scale * TRAIL_SECONDS;
        const dy = ship.vy / camera.scale * TRAIL_SECONDS;
        const length = Math.hypot(dx, dy);
        if (length < TRAIL_PIXELS.least) continue;
        const cut = Math.min(1, TRAIL_PIXELS.most / length);
        c.moveTo(ship.px, ship.py);
        c.lineTo(ship.px - dx * cut, ship.py + dy * cut);
      }
      c.stroke();
    }
    c.globalAlpha = 1;
  }

  drawShips(c, ships, own) {
    const { camera } = this;
    const base = camera.scale > 2e3 ? 2.6 : camera.scale > 200 ? 4 : camera.scale > 30 ? 5.5 : 7;
    if (camera.scale > FAR) {
      this.drawFarShips(c, ships);
      ships = [];
    }
    for (const [colour, group] of this.coloured(ships)) {
      c.fillStyle = colour;
      c.beginPath();
      for (const ship of group) {
        if (ship === own) continue;
        const size = shipPixels(ship, base, camera.scale);
        tracePath(c, factionOf(ship.faction).shape, ship.px, ship.py, size, ship.cos, ship.sin);
        if (camera.scale < 60) this.label(ship, 0.5, size + 4);
      }
      c.fill();
    }
    if (own?.kind === 'ship') {
      const size = Math.max(8, shipPixels(own, base, camera.scale));
      c.fillStyle = '#ffffff';
      c.shadowColor = '#9fd4ff';
      c.shadowBlur = 14;
      c.beginPath();
      tracePath(c, factionOf(own.faction).shape, own.px, own.py, size, own.cos, own.sin);
      c.fill();
      c.shadowBlur = 0;
      this.label(own, 5, size + 6);
    }
  }

  /** Ships by the colour that they are drawn in: one path a colour. What is nearest goes on top. */
  coloured(ships) {
    const groups = this.byTier
      ? Object.entries(TIERS).reverse()
        .map(([tier, { colour }]) => [colour, ships.filter((ship) => ship.tier === tier)])
      : Object.values(FACTIONS)
        .map((faction) => [faction.colour,
          ships.filter((ship) => factionOf(ship.faction) === faction)]);
    return groups.filter(([, group]) => group.length > 0);
  }

  /** From afar a fleet is a glow: dots that add up, so that crowds shine and nothing is hidden. */
  drawFarShips(c, ships) {
    c.globalCompositeOperation = 'lighter';
    c.globalAlpha = 0.55;
    for (const [colour, group] of this.coloured(ships)) {
      c.fillStyle = colour;
      for (const ship of group) c.fillRect(ship.px - 0.8, ship.py - 0.8, 1.6, 1.6);
    }
    c.globalAlpha = 1;
    c.globalCompositeOperation = 'source-over';
  }

  drawPlaces(c, places, now) {
    const { camera } = this;
    for (const place of places) {
      const least = camera.scale > 4e3 ? 4 : 6;
      const size = Math.max(least, Math.min(60, place.radius / camera.scale));
      const colour = factionOf(place.faction).colour;
      c.strokeStyle = place.type === 'GATE' ? '#c9a6ff' : colour;
      c.fillStyle = 'rgba(8,14,26,0.85)';
      c.lineWidth = 1.6;
      c.beginPath();
      if (place.type === 'GATE') {
        c.ellipse(place.px, place.py, size * 1.25, size * 1.25, 0, 0, 2 * Math.PI);
        c.fill();
        c.stroke();
        c.beginPath();
        c.setLineDash([3, 4]);
        c.lineDashOffset = -now / 90;
        c.arc(place.px, place.py, size * 0.8, 0, 2 * Math.PI);
        c.stroke();
        c.setLineDash([]);
      } else {
        hexagon(c, place.px, place.py, size);
        c.fill();
        c.stroke();
        c.fillStyle = colour;
        c.fillRect(place.px - 1.5, place.py - 1.5, 3, 3);
      }
      const known = place.type === 'GATE' || camera.scale < 4e3;
      if (known) this.label(place, camera.scale < 1.5e3 ? 2 : 1.2, size + 6);
    }
  }

  drawTiers(c, own, radii) {
    const { camera } = this;
    c.font = '11px system-ui, sans-serif';
    for (const [tier, radius] of Object.entries(radii)) {
      const pixels = radius / camera.scale;
      if (pixels < 14 || pixels > camera.width * 3) continue;
      c.strokeStyle = 'rgba(150,205,255,0.34)';
      c.setLineDash([2, 6]);
      c.lineWidth = 1.2;
      c.beginPath();
      c.arc(own.px, own.py, pixels, 0, 2 * Math.PI);
      c.stroke();
      c.setLineDash([]);
      const text = `${tier} ${metres(radius)}`;
      c.fillStyle = 'rgba(165,212,255,0.75)';
      c.fillText(text, own.px - c.measureText(text).width / 2, own.py - pixels - 5);
    }
  }

  drawMarks(c, { selected, target, destination, own, now }) {
    if (destination && own) {
      const px = this.camera.screenX(destination.x);
      const py = this.camera.screenY(destination.y);
      c.strokeStyle = 'rgba(255,255,255,0.55)';
      c.lineWidth = 1;
      c.setLineDash([5, 6]);
      c.lineDashOffset = -now / 60;
      c.beginPath();
      c.moveTo(own.px, own.py);
      c.lineTo(px, py);
      c.stroke();
      c.setLineDash([]);
      c.beginPath();
      c.arc(px, py, 5, 0, 2 * Math.PI);
      c.moveTo(px - 9, py);
      c.lineTo(px + 9, py);
      c.moveTo(px, py - 9);
      c.lineTo(px, py + 9);
      c.stroke();
    }
    if (selected) bracket(c, selected, this.markSize(selected), '#ffffff');
    if (target) crosshair(c, target, this.markSize(target) + 4, '#ff7a6b');
  }

  markSize(thing) {
    return Math.min(140, Math.max(12, thing.radius / this.camera.scale + 6));
  }

  label(thing, weight, offset) {
    if (thing.name) this.labels.push({ thing, weight, offset });
  }

  drawLabels(c, { selected, own }) {
    if (selected?.name && !this.labels.some((l) => l.thing === selected)) {
      this.labels.push({ thing: selected, weight: 9, offset: 16 });
    }
    this.labels.sort((a, b) => b.weight - a.weight);
    const taken = [];
    c.textBaseline = 'middle';
    for (const { thing, offset, weight } of this.labels.slice(0, LABELS_MAX * 3)) {
      if (taken.length >= LABELS_MAX) break;
      c.font = `${weight >= 2 ? 12 : 11}px system-ui, sans-serif`;
      const width = c.measureText(thing.name).width;
      const box = { x: thing.px + offset, y: thing.py - 7, w: width + 4, h: 14 };
      if (taken.some((other) => overlap(box, other))) continue;
      taken.push(box);
      c.lineWidth = 3;
      c.strokeStyle = 'rgba(5,7,13,0.8)';
      c.strokeText(thing.name, box.x, thing.py);
      c.fillStyle = thing === own ? '#ffffff' : weight >= 2 ? '#d5e1f3' : '#93a2b8';
      c.fillText(thing.name, box.x, thing.py);
    }
    c.textBaseline = 'alphabetic';
  }

  /** The thing at a pixel: ships before places before bodies before rocks, nearest first. */
  pick(things, px, py) {
    let best = null;
    let bestScore = Infinity;
    const handicap = { ship: 0, place: 2, body: 5, blip: 7, rock: 8 };
    for (const thing of things) {
      const distance = Math.hypot(thing.px - px, thing.py - py);
      const reach = Math.max(13, Math.min(400, thing.radius / this.camera.scale));
      const score = distance / reach * 13 + handicap[thing.kind];
      if (distance <= reach && score < bestScore) {
        best = thing;
        bestScore = score;
      }
    }
    return best;
  }
}

function shipPixels(ship, base, scale) {
  const rank = ship.type === 'CRUISER' ? 1.7 : ship.type === 'FREIGHTER' ? 1.3
    : ship.type === 'CORVETTE' ? 1.2 : 1;
  return Math.max(base * rank, Math.min(80, ship.radius / scale));
}

/** A glow that fades as one comes so near that it would be all there is to see. */
function drawStar(c, px, py, size) {
  const strength = Math.max(0, 1 - size / 260);
  if (strength > 0) drawGlow(c, px, py, size, strength);
  const disc = c.createRadialGradient(px, py, 0, px, py, size);
  disc.addColorStop(0, '#fffdf3');
  disc.addColorStop(0.7, '#ffeab0');
  disc.addColorStop(1, '#ffc266');
  c.fillStyle = disc;
  c.beginPath();
  c.arc(px, py, size, 0, 2 * Math.PI);
  c.fill();
}

function drawGlow(c, px, py, size, strength) {
  const glow = c.createRadialGradient(px, py, size * 0.4, px, py, size * 7);
  glow.addColorStop(0, 'rgba(255,226,160,0.62)');
  glow.addColorStop(0.22, 'rgba(255,180,95,0.2)');
  glow.addColorStop(0.55, 'rgba(255,140,70,0.055)');
  glow.addColorStop(1, 'rgba(255,140,70,0)');
  c.globalCompositeOperation = 'lighter';
  c.globalAlpha = strength;
  c.fillStyle = glow;
  c.beginPath();
  c.arc(px, py, size * 7, 0, 2 * Math.PI);
  c.fill();
  c.globalAlpha = 1;
  c.globalCompositeOperation = 'source-over';
}

function drawGlobe(c, px, py, size, lightAngle, [light, dark]) {
  if (size > 6) {
    const halo = c.createRadialGradient(px, py, size * 0.9, px, py, size * 1.35);
    halo.addColorStop(0, `${light}55`);
    halo.addColorStop(1, `${light}00`);
    c.fillStyle = halo;
    c.beginPath();
    c.arc(px, py, size * 1.35, 0, 2 * Math.PI);
    c.fill();
  }
  const lx = px + Math.cos(lightAngle) * size * 0.55;
  const ly = py + Math.sin(lightAngle) * size * 0.55;
  const shade = c.createRadialGradient(lx, ly, size * 0.1, lx, ly, size * 1.6);
  shade.addColorStop(0, light);
  shade.addColorStop(0.55, dark);
  shade.addColorStop(1, '#080b12');
  c.fillStyle = shade;
  c.beginPath();
  c.arc(px, py, size, 0, 2 * Math.PI);
  c.fill();
}

const GLOBES = [['#8fc7ff', '#2c5f9e'], ['#e8c08a', '#8a5a2e'], ['#d98a6a', '#7c3a28'],
  ['#9fe0c4', '#2d7a62'], ['#d9d2c4', '#7c766a'], ['#c7b0f0', '#5a4590']];
const MOONS = [['#c9ced8', '#6a7180'], ['#d8ccb8', '#7d7262'], ['#aebfd0', '#56677a']];

function globeColour(body) {
  let hash = 0;
  for (const char of body.id) hash = (hash * 31 + char.charCodeAt(0)) >>> 0;
  const palette = body.type === 'MOON' ? MOONS : GLOBES;
  return palette[hash % palette.length];
}

function hexagon(c, px, py, size) {
  for (let i = 0; i < 6; i++) {
    const angle = Math.PI / 6 + i * Math.PI / 3;
    c.lineTo(px + Math.cos(angle) * size, py + Math.sin(angle) * size);
  }
  c.closePath();
}

function bracket(c, { px, py }, size, colour) {
  c.strokeStyle = colour;
  c.lineWidth = 1.5;
  c.beginPath();
  for (const [sx, sy] of [[-1, -1], [1, -1], [1, 1], [-1, 1]]) {
    c.moveTo(px + sx * size, py + sy * size * 0.5);
    c.lineTo(px + sx * size, py + sy * size);
    c.lineTo(px + sx * size * 0.5, py + sy * size);
  }
  c.stroke();
}

function crosshair(c, { px, py }, size, colour) {
  c.strokeStyle = colour;
  c.lineWidth = 1.5;
  c.beginPath();
  c.arc(px, py, size, 0, 2 * Math.PI);
  for (const [sx, sy] of [[-1, 0], [1, 0], [0, 1], [0, -1]]) {
    c.moveTo(px + sx * (size - 4), py + sy * (size - 4));
    c.lineTo(px + sx * (size + 5), py + sy * (size + 5));
  }
  c.stroke();
}

function overlap(a, b) {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

function mod(value, by) {
  return ((value % by) + by) % by;
}

/** Two tiles of far stars; made once, from a fixed sequence, so that each visit looks alike. */
function makeDust() {
  let state = 12345;
  const random = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  return [150, 70].map((count, depth) => {
    const tile = document.createElement('canvas');
    tile.width = 512;
    tile.height = 512;
    const c = tile.getContext('2d');
    for (let i = 0; i < count; i++) {
      const size = 0.4 + random() * (0.6 + depth * 0.5);
      const warm = random();
      c.fillStyle = warm > 0.8 ? '#ffdcb8' : warm > 0.3 ? '#cfdcf5' : '#9fb6ff';
      c.globalAlpha = 0.12 + random() * (0.3 + depth * 0.2);
      c.beginPath();
      c.arc(random() * 512, random() * 512, size, 0, 2 * Math.PI);
      c.fill();
    }
    return tile;
  });
}
