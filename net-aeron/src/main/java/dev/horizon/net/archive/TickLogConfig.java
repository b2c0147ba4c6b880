package dev.horizon.net.archive;

import dev.horizon.engine.plugin.Default;

/**
 * How the tape is recorded and how much of it is kept. What exceeds either bound is deleted at the
 * next start, oldest first; the tape of the last run always stays.
 *
 * @param keepTapes tapes kept, each of one run
 * @param keepBytes bytes of all tapes kept
 * @param termLengthBytes a power of two from 128 KiB; one tick's inputs take at most an eighth of
 *     it
 */
public record TickLogConfig(
        @Default("16") int keepTapes,
        @Default("4294967296") long keepBytes,
        @Default("8388608") int termLengthBytes) {
    /** The defaults. */
    public static TickLogConfig defaults() {
        return new TickLogConfig(16, 4L << 30, 8 << 20);
    }
}
