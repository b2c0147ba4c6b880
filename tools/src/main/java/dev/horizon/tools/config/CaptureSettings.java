package dev.horizon.tools.config;

import dev.horizon.engine.plugin.Default;

/**
 * What is kept of the tape.
 *
 * @param retainMegabytes of tape on disk; older segments are removed
 * @param segmentMegabytes of one file of the tape
 * @param lagTicksMax that the recorder may lag before the node waits for it
 */
@Doc("What is kept of the tape: the recorded inputs and hashes of every tick.")
public record CaptureSettings(
        @Default("2048")
                @Range(min = 64, max = 1_048_576)
                @Doc("Megabytes of tape kept; older segments are removed.")
                int retainMegabytes,
        @Default("64") @Range(min = 1, max = 1024) @Doc("Megabytes of one file of the tape; a power of two.")
                int segmentMegabytes,
        @Default("20")
                @Range(min = 1, max = 1000)
                @Doc("Ticks that the recorder may lag before the node waits for it.")
                int lagTicksMax) {}
