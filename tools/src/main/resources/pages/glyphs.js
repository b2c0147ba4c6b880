/**
 * How things look on the chart. Factions differ by colour and by shape; the colours are told apart
 * with any colour vision (after Okabe and Ito, 2008).
 */

/** Points of a glyph, nose to +x, within a unit circle. */
const SHAPES = {
  wedge: [[1, 0], [-0.8, 0.72], [-0.45, 0], [-0.8, -0.72]],
  triangle: [[1, 0], [-0.75, 0.78], [-0.75, -0.78]],
  barge: [[0.95, 0], [0.5, 0.5], [-0.9, 0.5], [-0.9, -0.5], [0.5, -0.5]],
  kite: [[1, 0], [0, 0.62], [-0.85, 0], [0, -0.62]],
  cross: [[1, 0], [0.15, 0.28], [-0.35, 0.95], [-0.3, 0.22], [-0.9, 0], [-0.3, -0.22],
    [-0.35, -0.95], [0.15, -0.28]],
  square: [[0.7, 0.7], [-0.7, 0.7], [-0.7, -0.7], [0.7, -0.7]],
};

/** Factions in the order of the legend. */
export const FACTIONS = {
  CONCORD: { label: 'Concord', colour: '#56b4e9', shape: SHAPES.triangle },
  SYNDICATE: { label: 'Syndicate', colour: '#e69f00', shape: SHAPES.wedge },
  GUILD: { label: 'Guild', colour: '#2fd6a1', shape: SHAPES.barge },
  PIRATES: { label: 'Pirates', colour: '#f0609e', shape: SHAPES.cross },
  FREELANCE: { label: 'Freelance', colour: '#f0e442', shape: SHAPES.kite },
  NONE: { label: 'Nobody', colour: '#8d97a8', shape: SHAPES.square },
};

/**
 * Tiers in the order of nearness, for the view that colours by them: from bright and warm to faint and
 * cold, apart from each other in lightness too.
 */
export const TIERS = {
  CLOSE: { label: 'Close', colour: '#fff3b0' },
  MEDIUM: { label: 'Medium', colour: '#ff9e4a' },
  LOW: { label: 'Low', colour: '#4fa8ff' },
  SENSOR: { label: 'Sensor', colour: '#7d6bb8' },
};

export const BODIES = new Set(['STAR', 'PLANET', 'MOON']);
export const PLACES = new Set(['STATION', 'GATE']);
const SHIPS = new Set(['FIGHTER', 'CORVETTE', 'CRUISER', 'FREIGHTER', 'MINER', 'EXPLORER']);

/** Kind of thing, for drawing and picking. */
export function kindOf(shipType) {
  if (SHIPS.has(shipType)) return 'ship';
  if (BODIES.has(shipType)) return 'body';
  if (PLACES.has(shipType)) return 'place';
  return shipType === undefined ? 'blip' : 'rock';
}

export function factionOf(name) {
  return FACTIONS[name] ?? FACTIONS.NONE;
}

/** Adds a turned glyph to the current path. */
export function tracePath(context, shape, px, py, size, cos, sin) {
  for (let i = 0; i < shape.length; i++) {
    const gx = shape[i][0] * size;
    const gy = shape[i][1] * size;
    const sx = px + gx * cos - gy * sin;
    const sy = py - gx * sin - gy * cos;
    if (i === 0) context.moveTo(sx, sy);
    else context.lineTo(sx, sy);
  }
  context.closePath();
}

/** A small SVG of a faction's glyph, for legends. */
export function glyphSvg(faction, size = 14) {
  const { shape, colour } = factionOf(faction);
  const half = size / 2;
  const points = shape
    .map(([x, y]) => `${(half + y * half * 0.9).toFixed(1)},${(half - x * half * 0.9).toFixed(1)}`)
    .join(' ');
  return `<svg width="${size}" height="${size}" aria-hidden="true"><polygon points="${points}"`
    + ` fill="${colour}"/></svg>`;
}

/** A small SVG of a tier's colour. */
export function tierSvg(tier, size = 14) {
  return `<svg width="${size}" height="${size}" aria-hidden="true"><circle cx="${size / 2}"`
    + ` cy="${size / 2}" r="${size * 0.36}" fill="${TIERS[tier].colour}"/></svg>`;
}

/** Metres as people say them. */
export function metres(value) {
  const size = Math.abs(value);
  if (size >= 1e9) return `${trim(value / 1e9)} Gm`;
  if (size >= 1e6) return `${trim(value / 1e6)} Mm`;
  if (size >= 1e3) return `${trim(value / 1e3)} km`;
  return `${trim(value)} m`;
}

/** Bytes as people say them. */
export function bytes(value) {
  if (value >= 1e6) return `${trim(value / 1e6)} MB`;
  if (value >= 1e3) return `${trim(value / 1e3)} kB`;
  return `${Math.round(value)} B`;
}

function trim(value) {
  const size = Math.abs(value);
  return size >= 100 ? value.toFixed(0) : size >= 10 ? value.toFixed(1) : value.toFixed(2);
}
