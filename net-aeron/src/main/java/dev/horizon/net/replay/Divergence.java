package dev.horizon.net.replay;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.replay.Entities.Change;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Where two tapes part: the first tick that came to different hashes, and the components that
 * differ, from the tapes alone. What differs in them, field by field, two reruns tell.
 *
 * @param tick the first that differs
 * @param hash in the one
 * @param otherHash in the other
 * @param isInput true when the two had different inputs by then: not the code parted, but the world
 * @param components whose rows differ
 */
public record Divergence(
        long tick, long hash, long otherHash, boolean isInput, List<String> components) {
    private static final LongPredicate ALL = id -> true;

    /** Copies the list. */
    public Divergence {
        components = List.copyOf(components);
    }

    /**
     * A tape and the folder that holds its jars.
     *
     * @param file the tape
     * @param dataDirectory its node's folder
     */
    public record Source(TapeFile file, Path dataDirectory) {}

    /**
     * Compares two tapes, tick by tick, as far as both go.
     *
     * @return where they part, or null when all common ticks are the same
     * @throws HorizonException HZ-TAPE-010 when they have no tick in common
     */
    public static @Nullable Divergence find(TapeFile one, TapeFile other) {
        try (TapeCursor left = new TapeCursor(one);
                TapeCursor right = new TapeCursor(other)) {
            Map<String, Long> leftColumns = new TreeMap<>();
            Map<String, Long> rightColumns = new TreeMap<>();
            boolean isInput = false;
            boolean isCommon = false;
            while (left.next() && right.next()) {
                if (left.tick().number() != right.tick().number()) {
                    break;
                }
                isCommon = true;
                note(left, leftColumns);
                note(right, rightColumns);
                isInput |= left.hasOtherInputs(right);
                if (left.tick().hash() != right.tick().hash()) {
                    return new Divergence(
                            left.tick().number(),
                            left.tick().hash(),
                            right.tick().hash(),
                            isInput,
                            differing(leftColumns, rightColumns));
                }
            }
            if (!isCommon) {
                throw new HorizonException(
                        "HZ-TAPE-010",
                        "tape "
                                + one.recordingId()
                                + " begins with tick "
                                + one.header().firstTick()
                                + " and tape "
                                + other.recordingId()
                                + " with tick "
                                + other.header().firstTick()
                                + ": they have no tick to compare; choose two of one beginning");
            }
            return null;
        }
    }

    /** Runs both tapes to where they part, and tells what differs, at most so much. */
    public List<Change> changes(Source one, Source other, int threads, int limit) {
        return Entities.difference(worldOf(one, threads), worldOf(other, threads), limit);
    }

    private Map<Long, Entities.Shown> worldOf(Source source, int threads) {
        try (Rerun rerun = Rerun.of(source.file(), source.dataDirectory(), threads)) {
            while (rerun.tick() < tick && rerun.step()) {
                // The step does it all.
            }
            return Entities.all(rerun.world(), ALL);
        }
    }

    private static void note(TapeCursor cursor, Map<String, Long> columns) {
        List<String> names = cursor.setup().components();
        cursor.tick().columns().forEach((number, hash) -> columns.put(names.get(number), hash));
    }

    private static List<String> differing(Map<String, Long> one, Map<String, Long> other) {
        TreeSet<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        names.removeIf(name -> Objects.equals(one.get(name), other.get(name)));
        return List.copyOf(names);
    }
}
