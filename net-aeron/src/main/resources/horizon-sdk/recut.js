import { OPENS } from './frames.js';
import { contradiction, eachEntry, heldSlot } from './rows.js';

/** A cell split or merged: what is held of it is carried over. */
export function applyRecut(replica, message) {
  const from = replica.channels.get(message.fromChannelId);
  const to = replica.obtain(message.toChannelId);
  const ahead = (message.toSequence - to.sequence) | 0;
  const opens = (message.flags & OPENS) !== 0;
  if ((to.whole && ahead <= 0) || (opens && message.tick < to.lastTick)) {
    replica.framesIgnored++;
    return false;
  }
  const known = opens || (to.whole && ahead === 1);
  const left = from === undefined ? 0 : (message.fromSequence - from.sequence) | 0;
  if (from === undefined || !from.whole || left !== 1) {
    // What enters is unknown: only a keyframe tells.
    if (from !== undefined && left > 0) replica.miss(from);
    replica.miss(to);
    replica.framesIgnored++;
    return false;
  }
  if (opens) {
    to.replaced.push(...to.slots.values());
    to.slots.clear();
    to.whole = true;
  }
  from.sequence = message.fromSequence;
  from.lastTick = message.tick;
  try {
    move(message, from, to, known);
  } catch (error) {
    replica.miss(from);
    replica.miss(to);
    throw error;
  }
  if (!known) {
    replica.miss(to);
    return true;
  }
  to.sequence = message.toSequence;
  to.lastTick = message.tick;
  replica.dropReplaced(to);
  replica.framesApplied++;
  return true;
}

/** Where a keyframe is needed anyway, what moves stays on display until it comes. */
function move({ view, moved }, from, to, known) {
  eachEntry(moved, (at) => {
    const slot = heldSlot(from, view.getUint16(at, true));
    const number = view.getUint16(at + 2, true);
    from.slots.delete(view.getUint16(at, true));
    slot.channel = to;
    slot.generation = view.getUint8(at + 4);
    if (known && !to.slots.has(number)) {
      to.slots.set(number, slot);
    } else {
      to.replaced.push(slot);
      if (known) throw contradiction(`slot ${number} is entered, but held already`);
    }
  });
}
