/** Readings kept: two minutes at one per second. */
const READINGS_MAX = 120;

/** Tick time against the budget, the last two minutes. */
export class Sparkline {
  constructor(canvas) {
    this.canvas = canvas;
    this.readings = [];
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    this.width = canvas.width;
    this.height = canvas.height;
    canvas.style.width = `${this.width}px`;
    canvas.style.height = `${this.height}px`;
    canvas.width *= ratio;
    canvas.height *= ratio;
    this.context = canvas.getContext('2d');
    this.context.scale(ratio, ratio);
  }

  /** Adds one reading: typical and slow ticks, milliseconds. */
  add(typical, slow, budget) {
    this.readings.push({ typical, slow });
    if (this.readings.length > READINGS_MAX) this.readings.shift();
    this.draw(budget);
    this.canvas.setAttribute('aria-label',
      `Tick time ${typical.toFixed(1)} of ${budget.toFixed(0)} milliseconds`);
  }

  draw(budget) {
    const { context: c, width, height, readings } = this;
    c.clearRect(0, 0, width, height);
    const top = Math.max(budget * 1.1, ...readings.map((r) => r.slow));
    const y = (millis) => height - 1 - millis / top * (height - 3);
    const x = (i) => width - (readings.length - 1 - i) * (width / (READINGS_MAX - 1));
    c.strokeStyle = 'rgba(255,122,107,0.65)';
    c.setLineDash([3, 3]);
    c.beginPath();
    c.moveTo(0, y(budget));
    c.lineTo(width, y(budget));
    c.stroke();
    c.setLineDash([]);
    c.fillStyle = 'rgba(159,212,255,0.2)';
    c.beginPath();
    c.moveTo(x(0), height);
    readings.forEach((r, i) => c.lineTo(x(i), y(r.slow)));
    c.lineTo(width, height);
    c.fill();
    c.strokeStyle = '#9fd4ff';
    c.lineWidth = 1.3;
    c.beginPath();
    readings.forEach((r, i) => (i === 0 ? c.moveTo(x(i), y(r.typical)) : c.lineTo(x(i), y(r.typical))));
    c.stroke();
  }
}
