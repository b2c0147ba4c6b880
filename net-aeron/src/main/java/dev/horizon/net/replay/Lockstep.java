package dev.horizon.net.replay;

import dev.horizon.engine.ports.TickWatcher;
import dev.horizon.net.replay.Entities.Change;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import org.jspecify.annotations.Nullable;

/**
 * Runs one tick in two worlds side by side, each piece of code in both before the next in either,
 * and compares them after each: what ran last where they first differ wrote the difference.
 */
final class Lockstep {
    private static final String END = "the end of the tick";

    private final TickRunner one;
    private final TickRunner other;
    private final int limit;
    private final CyclicBarrier barrier = new CyclicBarrier(2, this::compare);
    private final String[] ran = {"", ""};
    private final List<List<String>> handlers = List.of(new ArrayList<>(), new ArrayList<>());
    private List<String> suspects = List.of();
    private volatile @Nullable Parting parting;

    /**
     * Where two runs of a tick part.
     *
     * @param writers what wrote the difference; several where it is one of them
     * @param components that differ then
     * @param changes fields that differ then, at most so many as were asked for
     */
    record Parting(List<String> writers, List<String> components, List<Change> changes) {}

    private Lockstep(TickRunner one, TickRunner other, int limit) {
        this.one = one;
        this.other = other;
        this.limit = limit;
    }

    /**
     * Runs the tick that is due in both.
     *
     * @return where they part, or null when they came to the same
     */
    static @Nullable Parting run(
            TickRunner one,
            TickInputs inputs,
            TickRunner other,
            TickInputs otherInputs,
            int limit) {
        return new Lockstep(one, other, limit).run(inputs, otherInputs);
    }

    private @Nullable Parting run(TickInputs inputs, TickInputs otherInputs) {
        List<Throwable> faults = new ArrayList<>();
        Thread second =
                Thread.ofPlatform()
                        .name("lockstep")
                        .start(() -> {
                            try {
                                run(1, other, otherInputs);
                            } catch (RuntimeException | Error e) {
                                faults.add(e);
                                barrier.reset();
                            }
                        });
        try {
            run(0, one, inputs);
        } catch (RuntimeException | Error e) {
            barrier.reset();
            faults.add(0, e);
        }
        join(second);
        if (!faults.isEmpty()) {
            throw new IllegalStateException("a tick that is run twice ended", faults.getFirst());
        }
        return parting;
    }

    private void run(int side, TickRunner runner, TickInputs inputs) {
        TickWatcher watcher = name -> meet(side, name);
        runner.watch(watcher);
        try {
            runner.run(inputs);
            meet(side, END);
        } finally {
            runner.watch(null);
        }
    }

    private void meet(int side, String name) {
        if (parting != null) {
            return;
        }
        ran[side] = name;
        try {
            barrier.await();
        } catch (BrokenBarrierException e) {
            throw new IllegalStateException("the other side ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Both have arrived and wait. */
    private void compare() {
        for (int side = 0; side < 2; side++) {
            if (!ran[side].equals(TickWatcher.HANDLERS)) {
                handlers.get(side).add(ran[side]);
            }
        }
        boolean isSameCode = ran[0].equals(ran[1]);
        if (isSameCode && one.hash() == other.hash()) {
            if (ran[0].equals(TickWatcher.HANDLERS)) {
                handlers.forEach(List::clear);
            }
            return;
        }
        if (suspects.isEmpty()) {
            suspects = writers();
        }
        List<String> components = differing(one.columns(), other.columns());
        boolean isEnd = ran[0].equals(END) || ran[1].equals(END);
        if (components.isEmpty() && isSameCode && !isEnd) {
            // Entities that were asked for, and are not there yet: they tell more.
            return;
        }
        List<Change> changes =
                Entities.difference(
                        Entities.having(one.world(), components),
                        Entities.having(other.world(), components),
                        limit);
        parting = new Parting(suspects, components, changes);
    }

    /**
     * Both where they ran different code; the handlers since the last structural change where it is
     * a structural change of theirs.
     */
    private List<String> writers() {
        Set<String> writers = new LinkedHashSet<>();
        for (int side = 0; side < 2; side++) {
            if (ran[side].equals(TickWatcher.HANDLERS)) {
                handlers.get(side).stream()
                        .filter(name -> !name.equals(TickWatcher.ENGINE))
                        .forEach(writers::add);
            } else {
                writers.add(ran[side].equals(END) ? TickWatcher.ENGINE : ran[side]);
            }
        }
        if (writers.isEmpty()) {
            writers.add(TickWatcher.ENGINE);
        }
        return List.copyOf(writers);
    }

    /** Components whose hashes differ. */
    static List<String> differing(Map<String, Long> one, Map<String, Long> other) {
        TreeSet<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        names.removeIf(
                name -> Objects.equals(one.getOrDefault(name, 0L), other.getOrDefault(name, 0L)));
        return List.copyOf(names);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
