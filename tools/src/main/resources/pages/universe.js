import { kindOf } from './glyphs.js';

/**
 * What this client knows of the star system, as things to draw. Rows come from the replica of the
 * browser SDK; the helm says where things are at the moment of the picture.
 */
export class Universe {
  constructor() {
    /** @type {Map<string, object>} */
    this.things = new Map();
    this.orbits = [];
    this.ownId = null;
    this.ships = 0;
  }

  /** Brings all things to a tick (with fraction), and forgets those that the replica forgot. */
  update(helm, tick) {
    let ships = 0;
    const place = {};
    const seen = ++this.round || (this.round = 1);
    for (const entity of helm.replica.entities()) {
      if (helm.place(entity, tick, entity.id === this.ownId, place) === null) continue;
      let thing = this.things.get(entity.id);
      if (thing === undefined) {
        thing = { id: entity.id, px: -1e6, py: -1e6, cos: 1, sin: 0 };
        this.things.set(entity.id, thing);
      }
      thing.seen = seen;
      this.copy(thing, entity, place);
      if (thing.kind === 'ship') ships++;
    }
    for (const [id, thing] of this.things) {
      if (thing.seen !== seen) this.things.delete(id);
    }
    this.ships = ships;
  }

  get own() {
    return this.ownId === null ? null : this.things.get(this.ownId) ?? null;
  }

  copy(thing, entity, place) {
    const identity = entity.component('Identity');
    thing.x = place.x;
    thing.y = place.y;
    thing.z = place.z;
    thing.vx = place.vx;
    thing.vy = place.vy;
    thing.vz = place.vz;
    thing.tier = entity.tier;
    thing.stale = entity.stale;
    thing.sizeClass = entity.sizeClass;
    thing.radius = entity.radius || 1;
    thing.type = identity?.shipType;
    thing.faction = identity?.faction ?? 'NONE';
    const tag = entity.component('GuildTag')?.tag;
    thing.name = tag ? `[${tag}] ${identity?.name ?? ''}` : identity?.name ?? '';
    thing.shot = identity === undefined && entity.component('Projectile') !== undefined;
    thing.kind = identity === undefined && entity.sizeClass === 'BODY' ? 'body' : kindOf(thing.type);
    heading(thing, place);
  }

  /** Orbits as the chart draws them, from the rows of a query for Orbit. */
  setOrbits(rows) {
    this.orbits = rows
      .map((row) => row.components.Orbit)
      .filter((orbit) => orbit && orbit.semiMajorAxis > 0)
      .map((orbit) => ({
        ...orbit,
        around: orbit.around === '0:0' ? null : orbit.around,
        semiMinorAxis: orbit.semiMajorAxis * Math.sqrt(1 - orbit.eccentricity ** 2),
      }));
  }

  /** The box around the places that matter, without far outliers. */
  bounds() {
    let reach = 0;
    for (const thing of this.things.values()) {
      if (thing.type === 'PLANET' || thing.type === 'GATE' || thing.type === 'STATION') {
        reach = Math.max(reach, Math.hypot(thing.x, thing.y));
      }
    }
    if (reach === 0) {
      for (const thing of this.things.values()) {
        reach = Math.max(reach, Math.hypot(thing.x, thing.y));
      }
    }
    return reach || 1e6;
  }
}

/** Where the nose points on the chart: the attitude's +x, or the way it moves. */
function heading(thing, { qx, qy, qz, qw, vx, vy }) {
  // SENSOR carries no attitude.
  let cos = 1 - 2 * (qy * qy + qz * qz);
  let sin = 2 * (qx * qy + qz * qw);
  if (thing.tier === 'SENSOR' && (vx !== 0 || vy !== 0)) {
    cos = vx;
    sin = vy;
  }
  const length = Math.hypot(cos, sin);
  if (length > 1e-6) {
    thing.cos = cos / length;
    thing.sin = sin / length;
  }
}
