import { read } from './api.js';
import { kindOf } from './glyphs.js';

const HEAD_BYTES = 16;

/** Places of one tick, as /api/frame answers: see Scene.frame. */
class Frame {
  constructor(buffer) {
    const head = new Float64Array(buffer, 0, 2);
    this.tick = head[0];
    const n = this.count = head[1];
    let at = HEAD_BYTES;
    const doubles = () => { const a = new Float64Array(buffer, at, n); at += 8 * n; return a; };
    const words = () => { const a = new Uint32Array(buffer, at, n); at += 4 * n; return a; };
    const floats = () => { const a = new Float32Array(buffer, at, n); at += 4 * n; return a; };
    this.x = doubles();
    this.y = doubles();
    this.z = doubles();
    this.low = words();
    this.high = words();
    this.vx = floats();
    this.vy = floats();
    this.vz = floats();
    this.qx = floats();
    this.qy = floats();
    this.qz = floats();
    this.qw = floats();
  }

  /** The id of the thing at an index, as people write it: block and counter. */
  id(i) {
    return `${this.high[i] >>> 8}:${(this.high[i] & 0xff) * 2 ** 32 + this.low[i]}`;
  }
}

/** One tape as the server runs it: its world at one tick after another. */
export class TapeSide {
  constructor(number, about) {
    this.number = number;
    this.about = about;
    /** @type {Map<string, object>} */
    this.things = new Map();
    this.orbits = [];
    this.identities = new Map();
    this.frame = null;
  }

  /** Brings the side to a tick. */
  async goTo(tick) {
    const response = await fetch(`/api/frame?side=${this.number}&tick=${tick}`);
    if (!response.ok) throw new Error((await response.json()).message);
    const frame = new Frame(await response.arrayBuffer());
    const ids = Array.from({ length: frame.count }, (_, i) => frame.id(i));
    if (ids.some((id) => !this.identities.has(id))) await this.identify(frame.tick);
    this.take(frame, ids);
  }

  async identify(tick) {
    const { things } = await read(`/api/things?side=${this.number}&tick=${tick}`);
    this.identities = new Map(things.map((thing) => [thing.id, thing.components]));
    this.orbits = things
      .map((thing) => thing.components.Orbit)
      .filter((orbit) => orbit && orbit.semiMajorAxis > 0)
      .map((orbit) => ({
        ...orbit,
        around: orbit.around === '0:0' ? null : orbit.around,
        semiMinorAxis: orbit.semiMajorAxis * Math.sqrt(1 - orbit.eccentricity ** 2),
      }));
  }

  take(frame, ids) {
    const things = new Map();
    for (let i = 0; i < frame.count; i++) {
      const id = ids[i];
      const thing = this.things.get(id) ?? this.make(id);
      thing.at = i;
      heading(thing, frame, i);
      things.set(id, thing);
    }
    this.things = things;
    this.frame = frame;
    this.move(0);
  }

  make(id) {
    const { Identity: identity, Size: size, Projectile: shot } = this.identities.get(id) ?? {};
    const type = identity?.shipType;
    return {
      id,
      px: -1e6,
      py: -1e6,
      tier: 'CLOSE',
      type,
      faction: identity?.faction ?? 'NONE',
      name: identity?.name ?? '',
      radius: size?.radius || 1,
      sizeClass: size?.sizeClass ?? '',
      shot: identity === undefined && shot !== undefined,
      kind: identity === undefined && size?.sizeClass === 'BODY' ? 'body' : kindOf(type),
    };
  }

  /** Puts things where they are some seconds after the tick. */
  move(seconds) {
    const { frame } = this;
    if (frame === null) return;
    for (const thing of this.things.values()) {
      const i = thing.at;
      thing.vx = frame.vx[i];
      thing.vy = frame.vy[i];
      thing.vz = frame.vz[i];
      thing.x = frame.x[i] + thing.vx * seconds;
      thing.y = frame.y[i] + thing.vy * seconds;
      thing.z = frame.z[i] + thing.vz * seconds;
    }
  }
}

/** Where the nose points on the chart: the attitude's +x. */
function heading(thing, frame, i) {
  const { qx, qy, qz, qw } = frame;
  const cos = 1 - 2 * (qy[i] * qy[i] + qz[i] * qz[i]);
  const sin = 2 * (qx[i] * qy[i] + qz[i] * qw[i]);
  const length = Math.hypot(cos, sin) || 1;
  thing.cos = cos / length;
  thing.sin = sin / length;
}
