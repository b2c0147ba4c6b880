package dev.horizon.perf.tape;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Some players who fly in one star system. */
final class Passengers {
    private static final long STEER_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final List<Passenger> all = new ArrayList<>();

    Passengers(int count, SplittableRandom random) {
        for (int i = 0; i < count; i++) {
            all.add(new Passenger("Passenger " + i, random.split()));
        }
    }

    /** Who is the first to come back. */
    Passenger first() {
        return all.getFirst();
    }

    /** All who aren't there log in, or go on with their sessions. */
    void board(URI server) {
        all.forEach(player -> player.board(server));
    }

    /** All go on at a standby's gateway as soon as it lets them, and see later ticks. */
    void follow(URI server) {
        all.forEach(player -> player.follow(server));
    }

    /** They move their sticks for so many ticks. */
    void fly(int ticks) {
        long until = first().tick() + ticks;
        long last = System.nanoTime() + 2L * Math.max(1, ticks) * STEER_NANOS;
        while (first().tick() < until && System.nanoTime() < last) {
            all.forEach(Passenger::steer);
            LockSupport.parkNanos(STEER_NANOS);
        }
    }

    /** The last tick that any saw of a node that has ended. */
    long endOfLife() {
        return all.stream().mapToLong(Passenger::endOfLife).max().orElse(0);
    }
}
