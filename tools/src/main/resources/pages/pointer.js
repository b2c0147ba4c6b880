/** A press that moves less than this is a click. */
const CLICK_PIXELS = 5;
/** Two clicks within this time and distance are a double click; works for fingers too. */
const DOUBLE = { millis: 350, pixels: 24 };

/** Wheel, drag, pinch, click and double click over the chart. */
export function attachPointer(canvas, camera, { click, doubleClick }) {
  const pointers = new Map();
  let moved = 0;
  let last = { time: 0, x: 0, y: 0 };

  canvas.addEventListener('wheel', (event) => {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    camera.zoom(Math.exp(event.deltaY * lines * 0.0014), event.offsetX, event.offsetY);
  }, { passive: false });

  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    if (pointers.size === 1) moved = 0;
    canvas.focus({ preventScroll: true });
  });

  canvas.addEventListener('pointermove', (event) => {
    const pointer = pointers.get(event.pointerId);
    if (pointer === undefined) return;
    const dx = event.offsetX - pointer.x;
    const dy = event.offsetY - pointer.y;
    moved += Math.abs(dx) + Math.abs(dy);
    if (pointers.size === 2) pinch(pointer, event);
    else if (moved > CLICK_PIXELS) {
      camera.pan(dx, dy);
      canvas.classList.add('dragging');
    }
    if (pointers.size === 2 || moved > CLICK_PIXELS) {
      pointer.x = event.offsetX;
      pointer.y = event.offsetY;
    }
  });

  canvas.addEventListener('pointerup', (event) => {
    const alone = pointers.size === 1;
    release(event);
    if (!alone || moved > CLICK_PIXELS) return;
    const { offsetX: x, offsetY: y, timeStamp: time } = event;
    const twice = time - last.time < DOUBLE.millis
      && Math.hypot(x - last.x, y - last.y) < DOUBLE.pixels;
    if (twice) doubleClick(x, y);
    else click(x, y);
    last = twice ? { time: 0, x, y } : { time, x, y };
  });
  canvas.addEventListener('pointercancel', release);

  function pinch(pointer, event) {
    const other = [...pointers.entries()].find(([id]) => id !== event.pointerId)[1];
    const before = Math.hypot(pointer.x - other.x, pointer.y - other.y) || 1;
    const after = Math.hypot(event.offsetX - other.x, event.offsetY - other.y) || 1;
    camera.zoom(before / after, (event.offsetX + other.x) / 2, (event.offsetY + other.y) / 2);
  }

  function release(event) {
    pointers.delete(event.pointerId);
    canvas.classList.remove('dragging');
  }
}
