package dev.horizon.schemas.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives a decoder of outside bytes what a hostile network makes of a corpus: cut, damaged, spliced,
 * longer than they were, as they are. Of what the decoder does it notes whether anything is thrown,
 * how long the slowest input takes and what the largest allocates.
 *
 * <p>{@code -Dfuzz.seed} for other inputs; {@code -Dfuzz.seconds} for each decoder (5), or {@code
 * -Dfuzz.rounds} for so many inputs of each; {@code -Dfuzz.report} for a folder of outcomes. One
 * thread.
 */
public final class Fuzz {
    /** What is thrown names it, and so may who asserts on. */
    public static final long SEED = Long.getLong("fuzz.seed", 20_261_122L);

    private static final long ROUNDS = Long.getLong("fuzz.rounds", 0);
    private static final long SECONDS = Long.getLong("fuzz.seconds", 5);

    /** No input may take longer, nor again when it comes again at once. */
    private static final long HANG_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int HANGS_ASKED = 3;
    private static final int ROUNDS_BETWEEN_LOOKS = 256;
    private static final int FLIPS_MAX = 5;
    private static final int LONGER_MAX = 64;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final String name;
    private final List<byte[]> corpus;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private int head;
    private long allocationMax = Long.MAX_VALUE;
    private int roundsOfALife = Integer.MAX_VALUE;
    private Runnable begin = () -> {};

    /** What reads bytes from outside. */
    @FunctionalInterface
    public interface Decoder {
        /**
         * Reads a message.
         *
         * @return true where it was taken, false where it was refused as is meant to be
         * @throws Exception anything that isn't meant to be
         */
        boolean take(byte[] bytes) throws Exception;
    }

    /**
     * What a decoder did.
     *
     * @param name of the decoder
     * @param inputs that it read
     * @param taken of these
     * @param slowestNanos of one input, by the clock
     * @param allocated most bytes for one input
     * @param allocationMax bytes that it may allocate for one
     */
    public record Outcome(
            String name,
            long inputs,
            long taken,
            long slowestNanos,
            long allocated,
            long allocationMax) {
        /** One line, its fields between tabs. */
        public String line() {
            return String.join(
                    "\t",
                    name,
                    Long.toString(inputs),
                    Long.toString(taken),
                    Long.toString(slowestNanos),
                    Long.toString(allocated),
                    Long.toString(allocationMax));
        }

        /** From {@link #line}. */
        public static Outcome parse(String line) {
            String[] fields = line.split("\t", -1);
            return new Outcome(
                    fields[0],
                    Long.parseLong(fields[1]),
                    Long.parseLong(fields[2]),
                    Long.parseLong(fields[3]),
                    Long.parseLong(fields[4]),
                    Long.parseLong(fields[5]));
        }
    }

    private Fuzz(String name, List<byte[]> corpus) {
        this.name = name;
        this.corpus = List.copyOf(corpus);
        head = corpus.stream().mapToInt(message -> message.length).max().orElseThrow();
    }

    /**
     * Of a decoder.
     *
     * @param name of the decoder, for reports
     * @param corpus whole messages
     */
    public static Fuzz of(String name, List<byte[]> corpus) {
        return new Fuzz(name, corpus);
    }

    /** Of a decoder that reads what the golden vectors hold. */
    public static Fuzz ofGolden(String name, String prefix, List<String> vectors) {
        return new Fuzz(name, vectors.stream().map(each -> golden(prefix + each)).toList());
    }

    /** The bytes of a golden vector. */
    public static byte[] golden(String vector) {
        String at = "/golden/" + vector + ".bin";
        try (InputStream in = Fuzz.class.getResourceAsStream(at)) {
            return Objects.requireNonNull(in, at).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A part of the damage is in the first so many bytes: lengths, templates, fixed fields. */
    public Fuzz withHead(int bytes) {
        head = bytes;
        return this;
    }

    /** More than so many bytes for one input are a defect. */
    public Fuzz allocatingAtMost(long bytes) {
        allocationMax = bytes;
        return this;
    }

    /** For decoders that remember: what is to be done at first and after so many inputs. */
    public Fuzz beginningAnew(int inputs, Runnable what) {
        roundsOfALife = inputs;
        begin = what;
        return this;
    }

    /**
     * Runs.
     *
     * @throws AssertionError that names seed, input and bytes, where the decoder throws, hangs or
     *     allocates too much
     */
    public Outcome run(Decoder decoder) {
        begin.run();
        for (byte[] message : corpus) {
            // What is loaded and compiled at first counts for no input.
            take(decoder, message.clone(), -1);
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        long taken = 0;
        long slowest = 0;
        long most = 0;
        long round = 0;
        while (ROUNDS > 0
                ? round < ROUNDS
                : round % ROUNDS_BETWEEN_LOOKS != 0 || System.nanoTime() < end) {
            if (round > 0 && round % roundsOfALife == 0) {
                begin.run();
            }
            byte[] message = next();
            long before = THREADS.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            boolean isTaken = take(decoder, message, round);
            long nanos = System.nanoTime() - start;
            long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
            if (nanos > HANG_NANOS && hangs(decoder, message, round)) {
                throw defect("takes longer than a second", message, round, null);
            }
            if (bytes > allocationMax) {
                // Classes that it is the first to need are loaded once; what it makes comes again.
                bytes = allocatedAgain(decoder, message, round);
            }
            if (bytes > allocationMax) {
                throw defect(
                        "allocates " + bytes + " bytes, of " + allocationMax, message, round, null);
            }
            taken += isTaken ? 1 : 0;
            slowest = Math.max(slowest, nanos);
            most = Math.max(most, bytes);
            round++;
        }
        Outcome outcome = new Outcome(name, round, taken, slowest, most, allocationMax);
        report(outcome);
        return outcome;
    }

    private boolean take(Decoder decoder, byte[] message, long round) {
        try {
            return decoder.take(message);
        } catch (Exception | Error e) {
            throw defect("throws", message, round, e);
        }
    }

    private long allocatedAgain(Decoder decoder, byte[] message, long round) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        take(decoder, message, round);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /** A pause of the machine or of the collector passes; a hang comes again. */
    private boolean hangs(Decoder decoder, byte[] message, long round) {
        for (int i = 0; i < HANGS_ASKED; i++) {
            long start = System.nanoTime();
            take(decoder, message, round);
            if (System.nanoTime() - start < HANG_NANOS) {
                return false;
            }
        }
        return true;
    }

    private AssertionError defect(
            String what, byte[] message, long round, @Nullable Throwable cause) {
        return new AssertionError(
                "%s %s: seed %d, input %d, %s"
                        .formatted(name, what, SEED, round, HexFormat.of().formatHex(message)),
                cause);
    }

    private byte[] next() {
        byte[] message = any().clone();
        switch (random.nextInt(8)) {
            case 0, 1 -> message = cut(message, random.nextInt(message.length + 1));
            case 2, 3, 4 -> damage(message, message.length);
            case 5 -> damage(message, Math.min(message.length, head));
            case 6 -> message = spliced(message, any());
            default -> {
                // As it is: repeated, or in another order.
            }
        }
        return message;
    }

    private byte[] any() {
        return corpus.get(random.nextInt(corpus.size()));
    }

    private void damage(byte[] message, int within) {
        for (int flips = random.nextInt(1, FLIPS_MAX + 1); flips > 0 && within > 0; flips--) {
            message[random.nextInt(within)] =
                    (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(4) - 1);
        }
    }

    /** Shorter, its end damaged half of the time; or longer by what comes of it. */
    private byte[] cut(byte[] message, int length) {
        int bytes = random.nextInt(4) == 0 ? message.length + random.nextInt(LONGER_MAX) : length;
        byte[] now = Arrays.copyOf(message, bytes);
        if (random.nextBoolean()) {
            damage(now, now.length);
        }
        return now;
    }

    private byte[] spliced(byte[] first, byte[] second) {
        int from = random.nextInt(first.length + 1);
        int to = random.nextInt(second.length + 1);
        byte[] now = Arrays.copyOf(first, from + second.length - to);
        System.arraycopy(second, to, now, from, second.length - to);
        return now;
    }

    private static void report(Outcome outcome) {
        String folder = System.getProperty("fuzz.report", "");
        if (folder.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(Path.of(folder));
            Files.writeString(Path.of(folder, outcome.name() + ".tsv"), outcome.line() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
