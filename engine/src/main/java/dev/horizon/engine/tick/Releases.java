package dev.horizon.engine.tick;

import dev.horizon.engine.ports.InputSource.InputHandler;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Orders to release entities, until a tick takes them: each so many as it has {@linkplain PerTick
 * time for}, and fewer while destinations lag behind: never none, for one that is gone must not
 * keep others from getting theirs. So the move of a region makes no tick long, and what left is not
 * on its way for long. Nothing of that is recorded: which orders a tick got is. Orders from any
 * thread, the rest for the tick thread.
 */
final class Releases {
    static final int PER_TICK_MIN = 32;
    private static final int PER_TICK_MAX = 4096;

    /** As many orders as wait; more wait with who asks. */
    static final int WAITING_MAX = 8192;

    /**
     * Beyond so many ticks' releases on their way destinations lag: there and back is two or three.
     */
    private static final int TICKS_AWAY = 16;

    private final Map<Long, byte[]> waiting = new LinkedHashMap<>();
    private final PerTick perTick = new PerTick(PER_TICK_MIN, PER_TICK_MAX);
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
        if (waiting.isEmpty()) {
            return 0; // without an iterator, in the tick that moves nothing
        }
        Iterator<byte[]> next = waiting.values().iterator();
        while (taken < Math.min(limit, perTick.most()) && next.hasNext()) {
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
        boolean lags = away > TICKS_AWAY * perTick.most();
        perTick.tickDone(taken, lags ? Double.MAX_VALUE : load);
    }
}
