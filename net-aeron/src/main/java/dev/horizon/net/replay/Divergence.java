package dev.horizon.net.replay;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.archive.TapeFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where two tapes part: the first tick that came to different hashes, and the components that
 * differ, from the tapes alone. What differs in them, and what wrote it, a {@link Cause} tells.
 *
 * @param tick the first that differs
 * @param hash in the one
 * @param otherHash in the other
 * @param isInput true when the two had different inputs by then: not the code parted, but the world
 * @param components whose rows differ
 */
public record Divergence(
        long tick, long hash, long otherHash, boolean isInput, List<String> components) {
    /** Copies the list. */
    public Divergence {
        components = List.copyOf(components);
    }

    /**
     * Compares two tapes, as far as both go.
     *
     * @return where they part, or null when all common ticks are the same
     * @throws HorizonException HZ-TAPE-010 when they have no tick in common
     */
    public static @Nullable Divergence find(TapeFile one, TapeFile other) {
        return find(one, TapeIndex.of(one), other, TapeIndex.of(other));
    }

    /**
     * The same with the hashes loaded: neither tape is read but for the tick at which they part.
     */
    public static @Nullable Divergence find(
            TapeFile one, TapeIndex index, TapeFile other, TapeIndex otherIndex) {
        long tick = index.firstDifferent(otherIndex);
        if (tick < 0) {
            return null;
        }
        return new Divergence(
                tick,
                index.hash(tick),
                otherIndex.hash(tick),
                index.hasOtherInputs(otherIndex, tick),
                components(tick, one, index.position(tick), other, otherIndex.position(tick)));
    }

    /** All was the same before, so what differs changed now in one of them at least. */
    private static List<String> components(
            long tick, TapeFile one, long position, TapeFile other, long otherPosition) {
        TapeSetup setup = Tapes.setup(one, tick);
        TapeSetup otherSetup = Tapes.setup(other, tick);
        try (TapeCursor left = new TapeCursor(one, setup, position);
                TapeCursor right = new TapeCursor(other, otherSetup, otherPosition)) {
            left.next();
            right.next();
            List<String> names = new ArrayList<>(setup.components());
            otherSetup.components().stream()
                    .filter(name -> !names.contains(name))
                    .forEach(names::add);
            names.removeIf(
                    name -> Objects.equals(hash(left, setup, name), hash(right, otherSetup, name)));
            names.sort(null);
            return names;
        }
    }

    private static @Nullable Long hash(TapeCursor cursor, TapeSetup setup, String component) {
        return cursor.tick().columns().get(setup.components().indexOf(component));
    }
}
