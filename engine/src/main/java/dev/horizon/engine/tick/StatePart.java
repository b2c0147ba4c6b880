package dev.horizon.engine.tick;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * State that ticks depend on and that no column holds: it goes into each snapshot, and comes back
 * before the first tick that follows one. Used by the tick thread between ticks; writing allocates
 * nothing.
 */
public interface StatePart {
    /** Its name among the parts of a snapshot: ASCII, at most 255 characters. */
    String name();

    /** Writes the state; returns bytes written. */
    int write(MutableDirectBuffer out, int offset);

    /** Takes the state over as {@link #write} wrote it. */
    void read(DirectBuffer in, int offset, int length);
}
