package dev.horizon.engine.tick;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.MaxLength;

/**
 * One thing noted about a player: an entity that they own, so that it is kept in their profile and
 * comes back with them.
 *
 * @param key unique per player
 * @param value what was noted
 */
@Component
public record Metadata(
        @MaxLength(KEY_BYTES_MAX) String key, @MaxLength(VALUE_BYTES_MAX) String value) {
    /** Bytes of a key. */
    static final int KEY_BYTES_MAX = 32;

    /** Bytes of a value. */
    static final int VALUE_BYTES_MAX = 160;
}
