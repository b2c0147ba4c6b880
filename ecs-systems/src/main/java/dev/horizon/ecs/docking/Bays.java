package dev.horizon.ecs.docking;

import dev.horizon.engine.world.Component;

/**
 * A station's docking bays.
 *
 * @param count how many, at most {@link #MAX}
 * @param occupied one bit each
 * @param range metres from the station's centre at which it takes ships in
 */
@Component
public record Bays(byte count, int occupied, float range) {
    /** Bays of one station: bits of an int. */
    public static final int MAX = 32;

    /**
     * Free bays.
     *
     * @throws IllegalArgumentException for more than {@link #MAX}
     */
    public static Bays of(int count, float range) {
        if (count < 1 || count > MAX) {
            throw new IllegalArgumentException(count + " bays given, a station has 1 to " + MAX);
        }
        return new Bays((byte) count, 0, range);
    }
}
