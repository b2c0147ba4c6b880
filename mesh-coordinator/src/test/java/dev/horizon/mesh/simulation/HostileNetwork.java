package dev.horizon.mesh.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Virtual time, and messages that are lost, late, repeated and overtaken, all from one seed. */
final class HostileNetwork {
    private record Delivery(long at, long order, Runnable action) {}

    private final PriorityQueue<Delivery> pending =
            new PriorityQueue<>(
                    Comparator.comparingLong(Delivery::at).thenComparingLong(Delivery::order));
    private final SplittableRandom random;
    private final SplittableRandom asides = new SplittableRandom(1);
    private long now;
    private long order;
    private boolean isCalm;

    HostileNetwork(SplittableRandom random) {
        this.random = random;
    }

    long now() {
        return now;
    }

    /** From now on nothing is lost, and all is quick. */
    void calm() {
        isCalm = true;
    }

    /** Carries something to its action: maybe, once or twice, soon or in seconds. */
    void carry(Runnable action) {
        carry(action, random);
    }

    /** The same for what is said beside the rest, and changes nothing that a seed comes to. */
    void carryAside(Runnable action) {
        carry(action, asides);
    }

    private void carry(Runnable action, SplittableRandom dice) {
        if (isCalm) {
            at(1 + dice.nextInt(3), action);
            return;
        }
        int copies = dice.nextInt(100) < 15 ? 0 : dice.nextInt(100) < 15 ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            at(dice.nextInt(100) < 80 ? dice.nextInt(30) : dice.nextInt(8_000), action);
        }
    }

    /** Does something after so many milliseconds. */
    void at(long delayMillis, Runnable action) {
        pending.add(new Delivery(now + delayMillis, order++, action));
    }

    /** Does all that is due until a time. */
    void runUntil(long time) {
        while (!pending.isEmpty() && pending.peek().at() <= time) {
            Delivery next = pending.remove();
            now = Math.max(now, next.at());
            next.action().run();
        }
        now = time;
    }
}
