package dev.horizon.engine.tick;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Length;
import dev.horizon.engine.world.MaxLength;

/**
 * A plugin event that waits for its tick.
 *
 * @param dueTick when it is raised
 * @param event class name of its record
 * @param bytes of the payload in use
 * @param payload its fields, as {@link dev.horizon.engine.dispatch.EventCodec} writes them
 */
@Component
record PendingEvent(
        long dueTick,
        @MaxLength(EVENT_BYTES_MAX) String event,
        int bytes,
        @Length(PAYLOAD_LONGS) long[] payload) {
    static final int EVENT_BYTES_MAX = 150;
    static final int PAYLOAD_LONGS = 24;
}
