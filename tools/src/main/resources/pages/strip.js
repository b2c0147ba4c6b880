/** Space for marks above the bars. */
const MARKS = 14;
const COLOURS = { bar: '#3f6ea5', slow: '#ffd27d', error: '#ff7a6b', event: '#9fd4ff', loop: 'rgba(159,212,255,0.14)' };

/** The whole tape in one strip: what ticks took, what happened, where we are. */
export class Strip {
  constructor(canvas, about, onSeek) {
    this.canvas = canvas;
    this.about = about;
    this.tick = about.firstTick;
    this.loop = null;
    const at = (event) => onSeek(this.tickAt(event.offsetX));
    canvas.addEventListener('pointerdown', (event) => {
      canvas.setPointerCapture(event.pointerId);
      at(event);
    });
    canvas.addEventListener('pointermove', (event) => { if (event.buttons === 1) at(event); });
    canvas.setAttribute('aria-valuemin', about.firstTick);
    canvas.setAttribute('aria-valuemax', about.lastTick);
  }

  tickAt(px) {
    const { firstTick, lastTick } = this.about;
    const part = Math.min(1, Math.max(0, px / this.canvas.clientWidth));
    return Math.round(firstTick + part * (lastTick - firstTick));
  }

  x(tick) {
    const { firstTick, lastTick } = this.about;
    return (tick - firstTick) / Math.max(1, lastTick - firstTick) * this.canvas.clientWidth;
  }

  draw() {
    const { canvas, about: { overview, firstTick, lastTick } } = this;
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    const c = canvas.getContext('2d');
    c.scale(ratio, ratio);
    const budget = overview.budgetMillis;
    const sorted = [...overview.slowestMillis].sort((a, b) => a - b);
    // The first tick makes the world: it must not flatten all others.
    const usual = sorted[Math.floor(sorted.length * 0.98)] || 0.01;
    const scale = Math.min(Math.max(sorted.at(-1) * 1.1, 0.01), usual * 3);
    if (this.loop) {
      c.fillStyle = COLOURS.loop;
      c.fillRect(this.x(this.loop.from), 0, this.x(this.loop.to) - this.x(this.loop.from), height);
    }
    const bar = Math.max(1, width / overview.slowestMillis.length);
    overview.slowestMillis.forEach((millis, i) => {
      const tall = Math.max(millis > 0 ? 1 : 0, Math.min(1, millis / scale) * (height - MARKS - 2));
      c.fillStyle = millis > budget ? COLOURS.slow : COLOURS.bar;
      c.fillRect(this.x(firstTick + i * overview.ticksPerBucket), height - tall, Math.max(1, bar - 0.5), tall);
    });
    if (budget < scale) {
      const y = height - budget / scale * (height - MARKS - 2);
      c.strokeStyle = 'rgba(255,122,107,0.6)';
      c.setLineDash([3, 4]);
      c.beginPath();
      c.moveTo(0, y);
      c.lineTo(width, y);
      c.stroke();
      c.setLineDash([]);
    }
    c.fillStyle = COLOURS.event;
    for (const { tick } of overview.events) diamond(c, this.x(tick), 7, 3.4);
    c.fillStyle = COLOURS.error;
    for (const tick of overview.errors) {
      diamond(c, this.x(tick), 7, 4.6);
      c.fillRect(this.x(tick) - 0.5, 12, 1, height);
    }
    const x = this.x(this.tick);
    c.fillStyle = '#ffffff';
    c.fillRect(x - 0.75, 0, 1.5, height);
    c.beginPath();
    c.moveTo(x - 6, 0);
    c.lineTo(x + 6, 0);
    c.lineTo(x, 8);
    c.fill();
    canvas.setAttribute('aria-valuenow', this.tick);
    canvas.setAttribute('aria-valuetext', `tick ${this.tick} of ${firstTick} to ${lastTick}`);
  }
}

function diamond(c, x, y, r) {
  c.beginPath();
  c.moveTo(x, y - r);
  c.lineTo(x + r, y);
  c.lineTo(x, y + r);
  c.lineTo(x - r, y);
  c.fill();
}
