package dev.horizon.tools.config;

import dev.horizon.engine.plugin.Default;
import dev.horizon.net.archive.TickLogConfig;

/**
 * What is kept of the tape.
 *
 * @param keepTapes runs whose tape is kept
 * @param keepMegabytes of all tapes
 * @param heldTicksMax ticks whose effects wait for the recorder before the node waits too
 */
@Doc("What is kept of the tape: the recorded inputs and hashes of every tick.")
public record CaptureSettings(
        @Default("16") @Range(min = 1, max = 10_000) @Doc("Runs whose tape is kept.") int keepTapes,
        @Default("4096")
                @Range(min = 64, max = 1_048_576)
                @Doc("Megabytes of tape kept; older tapes are removed at the next start.")
                int keepMegabytes,
        @Default("40")
                @Range(min = 1, max = 1_000)
                @Doc("Ticks that the recorder may lag before the node waits for it.")
                int heldTicksMax) {
    /** The same for the tape. */
    public TickLogConfig tickLogConfig() {
        return new TickLogConfig(
                keepTapes, (long) keepMegabytes << 20, TickLogConfig.defaults().termLengthBytes());
    }
}
