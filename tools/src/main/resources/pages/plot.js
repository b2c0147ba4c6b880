const EDGE = { left: 6, right: 6, top: 16, bottom: 16 };
const LINES = ['#9fd4ff', '#ff7a6b'];

/** One field of an entity over ticks; of two tapes, one line each. */
export class Plot {
  constructor(canvas, onSeek) {
    this.canvas = canvas;
    /** {ticks, series: [values, values?], field} */
    this.shown = null;
    canvas.addEventListener('click', (event) => {
      if (this.shown === null) return;
      const { ticks } = this.shown;
      const width = canvas.clientWidth - EDGE.left - EDGE.right;
      const part = Math.min(1, Math.max(0, (event.offsetX - EDGE.left) / width));
      onSeek(Math.round(ticks[0] + part * (ticks.at(-1) - ticks[0])));
    });
  }

  draw(tick) {
    if (this.shown === null) return;
    const { canvas, shown: { ticks, series, field } } = this;
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    const c = canvas.getContext('2d');
    c.scale(ratio, ratio);
    const known = series.flat().filter((value) => value !== null && value !== undefined);
    const least = Math.min(...known);
    const most = Math.max(...known);
    const span = most - least || 1;
    const span_ticks = ticks.at(-1) - ticks[0] || 1;
    const x = (at) => EDGE.left + (at - ticks[0]) / span_ticks * (width - EDGE.left - EDGE.right);
    const y = (value) => height - EDGE.bottom - (value - least) / span * (height - EDGE.top - EDGE.bottom);
    if (least < 0 && most > 0) {
      c.strokeStyle = 'rgba(255,255,255,0.25)';
      c.beginPath();
      c.moveTo(0, y(0));
      c.lineTo(width, y(0));
      c.stroke();
    }
    series.forEach((values, side) => {
      c.strokeStyle = LINES[side];
      c.lineWidth = 1.5;
      c.setLineDash(side === 1 ? [4, 3] : []);
      c.beginPath();
      let isDrawing = false;
      values.forEach((value, i) => {
        if (value === null || value === undefined) {
          isDrawing = false;
        } else if (isDrawing) {
          c.lineTo(x(ticks[i]), y(value));
        } else {
          c.moveTo(x(ticks[i]), y(value));
          isDrawing = true;
        }
      });
      c.stroke();
    });
    c.setLineDash([]);
    c.fillStyle = 'rgba(255,255,255,0.8)';
    c.fillRect(x(tick) - 0.5, EDGE.top, 1, height - EDGE.top - EDGE.bottom);
    c.font = '11px system-ui, sans-serif';
    c.fillStyle = '#93a2b8';
    c.fillText(brief(most), EDGE.left, 11);
    c.fillText(brief(least), EDGE.left, height - 4);
    const ends = `${ticks[0]} – ${ticks.at(-1)}`;
    c.fillText(ends, width - EDGE.right - c.measureText(ends).width, height - 4);
    canvas.setAttribute('aria-label',
      `${field} from tick ${ticks[0]} to ${ticks.at(-1)}: ${brief(least)} to ${brief(most)}`);
  }
}

function brief(value) {
  return Number.isInteger(value) ? value.toLocaleString('en') : Number(value.toPrecision(5)).toString();
}
