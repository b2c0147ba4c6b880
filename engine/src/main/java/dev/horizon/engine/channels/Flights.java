package dev.horizon.engine.channels;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The flight of each lane that was ever steered, by tier. They come from a stock that the tick
 * thread fills between ticks, so that a ship which is steered for the first time costs no
 * allocation; threads that cut different members may take from it at the same time.
 */
final class Flights {
    private static final int STOCK_MIN = 64;

    /** Flights that share an array: those of ships that came together are compared together. */
    private static final int BATCH = 64;

    private final @Nullable Flight[][] ofLane = new Flight[Members.TIERS][0];
    private final AtomicInteger stocked = new AtomicInteger();
    private Flight[] stock = new Flight[0];
    private double[] batch = new double[0];
    private int batched;
    private int made;

    /** The lane's flight; it keeps it until it closes. */
    Flight of(int lane, int tier) {
        Flight flight = ofLane[tier][lane];
        if (flight == null) {
            int last = stocked.decrementAndGet();
            flight = last >= 0 ? stock[last] : new Flight();
            ofLane[tier][lane] = flight;
        }
        return flight;
    }

    /** Takes a lane's flights back; the tick thread's. */
    void close(int lane) {
        for (Flight[] flights : ofLane) {
            Flight flight = flights[lane];
            if (flight != null) {
                flights[lane] = null;
                put(flight, settle());
            }
        }
    }

    /** Fills the stock when half of it is gone: half as many as are on lanes; the tick thread's. */
    void keepHeadroom() {
        int in = settle();
        int wanted = Math.max(STOCK_MIN, (made - in) / 2);
        if (in < wanted / 2) {
            for (; in < wanted; in++) {
                put(make(), in);
                made++;
            }
        }
    }

    private Flight make() {
        if (batched == batch.length) {
            batch = new double[BATCH * Flight.ALL_NUMBERS];
            batched = 0;
        }
        Flight flight = new Flight(batch, batched);
        batched += Flight.ALL_NUMBERS;
        return flight;
    }

    void grow(int lanes) {
        for (int tier = 0; tier < ofLane.length; tier++) {
            ofLane[tier] = Arrays.copyOf(ofLane[tier], lanes);
        }
    }

    /** How many are in stock, once those are counted that were made because there were none. */
    private int settle() {
        int in = stocked.get();
        if (in < 0) {
            made -= in;
            in = 0;
            stocked.set(0);
        }
        return in;
    }

    private void put(Flight flight, int at) {
        if (at == stock.length) {
            stock = Arrays.copyOf(stock, Math.max(STOCK_MIN, at * 2));
        }
        stock[at] = flight;
        stocked.set(at + 1);
    }
}
