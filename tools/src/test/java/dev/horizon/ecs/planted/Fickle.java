package dev.horizon.ecs.planted;

import java.util.HashSet;
import java.util.Set;

/** Does everything that is banned inside the tick, so that a test can see each caught. */
public final class Fickle {
    static int lastRoll;

    private final Set<String> seen = new HashSet<>();

    double all(Object key) {
        double sum = System.nanoTime() + Math.random() + Math.sin(1);
        sum += System.identityHashCode(key) + seen.size();
        Thread.yield();
        return sum;
    }
}
