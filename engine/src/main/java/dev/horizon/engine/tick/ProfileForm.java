package dev.horizon.engine.tick;

import org.agrona.DirectBuffer;

/** Reads the profile that a login brings along. */
@FunctionalInterface
public interface ProfileForm {
    /**
     * What a login needs of a profile.
     *
     * @param tick as of which it is; {@link Long#MAX_VALUE} where its form doesn't say
     * @param x last place, metres; NaN where it is unknown
     * @param y metres
     * @param z metres
     * @param owned as {@link dev.horizon.engine.ports.ProfileSink} was given it
     */
    record Contents(long tick, double x, double y, double z, byte[] owned) {}

    /** Reads a profile; any RuntimeException means that it is damaged. */
    Contents read(DirectBuffer buffer, int offset, int length);
}
