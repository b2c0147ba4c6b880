package dev.horizon.engine.ports;

/** Keeps frames until the inputs of their tick are recorded. Offered to by the tick thread. */
public interface FrameHold extends FrameSink {
    /** True when a message of this length would be taken now. */
    boolean fits(int length);
}
