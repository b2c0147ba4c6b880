/**
 * What part of the star system the chart shows, looking down on its plane: x to the right, y up.
 * All places are metres in double precision; only differences to the middle ever reach the screen.
 */
export class Camera {
  /** Closest and farthest zoom, metres per pixel. */
  static NEAREST = 0.25;
  static FARTHEST = 1e7;

  constructor() {
    this.x = 0;
    this.y = 0;
    this.scale = 1e4;
    this.width = 1;
    this.height = 1;
    /** Id of the entity that the middle follows, or null. */
    this.follows = null;
    this.glide = null;
  }

  resize(width, height) {
    this.width = width;
    this.height = height;
  }

  screenX(x) {
    return (x - this.x) / this.scale + this.width / 2;
  }

  screenY(y) {
    return this.height / 2 - (y - this.y) / this.scale;
  }

  worldX(px) {
    return (px - this.width / 2) * this.scale + this.x;
  }

  worldY(py) {
    return (this.height / 2 - py) * this.scale + this.y;
  }

  /** Moves by pixels, and stops following. */
  pan(dx, dy) {
    this.follows = null;
    this.glide = null;
    this.x -= dx * this.scale;
    this.y += dy * this.scale;
  }

  /** Zooms by a factor; the place under the given pixel stays there, unless the camera follows. */
  zoom(factor, px = this.width / 2, py = this.height / 2) {
    this.glide = null;
    const x = this.worldX(px);
    const y = this.worldY(py);
    this.scale = clampScale(this.scale * factor);
    if (this.follows === null) {
      this.x += x - this.worldX(px);
      this.y += y - this.worldY(py);
    }
  }

  /** Shows a box, with a margin. */
  fit(minX, minY, maxX, maxY) {
    const margin = 1.15;
    const scale = Math.max((maxX - minX) / this.width, (maxY - minY) / this.height) * margin;
    this.flyTo((minX + maxX) / 2, (minY + maxY) / 2, clampScale(scale));
    this.follows = null;
  }

  /** Glides to a place and scale. */
  flyTo(x, y, scale) {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.glide = {
      fromX: this.x, fromY: this.y, fromScale: this.scale,
      x, y, scale: clampScale(scale), start: performance.now(), millis: still ? 0 : 650,
    };
  }

  /** Advances a glide and keeps what is followed in the middle. */
  update(now, followed) {
    if (this.glide) {
      const g = this.glide;
      if (followed) {
        g.x = followed.x;
        g.y = followed.y;
      }
      const part = g.millis === 0 ? 1 : Math.min(1, (now - g.start) / g.millis);
      const eased = 1 - (1 - part) ** 3;
      this.scale = g.fromScale * (g.scale / g.fromScale) ** eased;
      // The place moves in step with the scale, so that the path feels straight at every zoom.
      const ratio = g.scale / g.fromScale;
      const way = Math.abs(ratio - 1) < 0.01 ? eased : (ratio ** eased - 1) / (ratio - 1);
      this.x = g.fromX + (g.x - g.fromX) * way;
      this.y = g.fromY + (g.y - g.fromY) * way;
      if (part >= 1) this.glide = null;
    } else if (followed) {
      this.x = followed.x;
      this.y = followed.y;
    }
  }
}

function clampScale(scale) {
  return Math.min(Camera.FARTHEST, Math.max(Camera.NEAREST, scale));
}
