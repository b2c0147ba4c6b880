package dev.horizon.perf.tape;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

    /** All who aren't there log in, or go on with their sessions. */
    void board(URI server) {
        all.forEach(player -> player.board(server));
    }

    /**
     * All go on at a standby's gateway as soon as it lets them, and see later ticks.
     *
     * @return when each of them did, in order: {@link System#nanoTime()}
     */
    long[] follow(URI server) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> back =
                    all.stream()
                            .map(player ->
                                    threads.submit(() -> {
                                        player.follow(server);
                                        return System.nanoTime();
                                    }))
                            .toList();
            return back.stream().mapToLong(Passengers::result).sorted().toArray();
        }
    }

    private static long result(Future<Long> of) {
        try {
            return of.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** They move their sticks for so many ticks. */
    void fly(int ticks) {
        Passenger first = all.getFirst();
        long until = first.tick() + ticks;
        long last = System.nanoTime() + 2L * Math.max(1, ticks) * STEER_NANOS;
        while (first.tick() < until && System.nanoTime() < last) {
            all.forEach(Passenger::steer);
            LockSupport.parkNanos(STEER_NANOS);
        }
    }

    /** The last tick that any saw of a node that has ended. */
    long endOfLife() {
        return all.stream().mapToLong(Passenger::endOfLife).max().orElse(0);
    }
}
