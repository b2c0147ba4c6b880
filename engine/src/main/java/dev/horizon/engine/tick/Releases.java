package dev.horizon.engine.tick;

import dev.horizon.engine.ports.InputSource.InputHandler;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Orders to release entities, until a tick takes them: each tick so many as it has time for. Few at
 * first, then with each tick that had time left twice as many, and half as many behind one that
 * took too long, or while destinations lag behind, as TCP looks for what a way bears (slow start
 * and multiplicative decrease of RFC 5681). So code that nobody has run yet, a slow machine or much
 * aboard make the move of a region take longer, but not its ticks. Nothing of that is recorded:
 * which orders a tick got is. Orders from any thread, the rest for the tick thread.
 */
final class Releases {
    /** What also the slowest tick releases. */
    static final int PER_TICK_MIN = 32;

    /** A tick's inputs end not far beyond. */
    static final int PER_TICK_MAX = 4096;

    /** As many orders as wait; more wait with who asks. */
    static final int WAITING_MAX = 8192;

    /** Of its budget, beyond which a tick took too long, and up to which it had time left. */
    private static final double LONG_LOAD = 0.8;

    private static final double SHORT_LOAD = 0.5;

    /** How many ticks' releases may be on their way: a way there and back takes two or three. */
    private static final int TICKS_AWAY = 8;

    private final Map<Long, byte[]> waiting = new LinkedHashMap<>();
    private int perTick = PER_TICK_MIN;
    private int room = PER_TICK_MIN;
    private int taken;

    /**
     * Adds an order, or puts it in the place of the one that waits for the same transfer.
     *
     * @return false while too many wait
     */
    synchronized boolean add(long transfer, byte[] order) {
        if (waiting.size() >= WAITING_MAX && !waiting.containsKey(transfer)) {
            return false;
        }
        waiting.put(transfer, order);
        return true;
    }

    /** Hands orders out, the oldest first, as many as the tick may have. */
    synchronized int poll(InputHandler handler, int limit) {
        taken = 0;
        Iterator<byte[]> next = waiting.values().iterator();
        while (taken < Math.min(limit, room) && next.hasNext()) {
            byte[] order = next.next();
            if (!handler.onInput(new UnsafeBuffer(order), 0, order.length)) {
                break;
            }
            next.remove();
            taken++;
        }
        return taken;
    }

    /**
     * Learns from a tick how many the next may have.
     *
     * @param load what it took, of its budget
     * @param away entities that were released, and that no destination has recorded yet
     */
    void tickDone(double load, int away) {
        boolean lag = away > TICKS_AWAY * perTick;
        if (taken > 0 && (load > LONG_LOAD || lag)) {
            perTick = Math.max(PER_TICK_MIN, perTick / 2);
        } else if (taken == perTick && load < SHORT_LOAD) {
            perTick = Math.min(PER_TICK_MAX, 2 * perTick);
        }
        room = Math.clamp((long) TICKS_AWAY * perTick - away, 0, perTick);
    }
}
