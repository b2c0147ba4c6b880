package dev.horizon.engine.profiles;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Objects;

/**
 * What is known of a player.
 *
 * @param playerId see {@link #playerId(String)}
 * @param name as the player logs in
 * @param tick at whose end it held; a later one replaces it
 * @param starSystem where the player last was
 * @param x metres, the last place; NaN where there was none
 * @param y metres
 * @param z metres
 * @param owned what the player owns, and what plugins noted, in the engine's own form; not copied,
 *     so don't change it
 */
public record Profile(
        long playerId,
        String name,
        long tick,
        String starSystem,
        double x,
        double y,
        double z,
        byte[] owned) {
    /**
     * A player's number: the first eight bytes of the SHA-256 of the name in UTF-8, as a big-endian
     * number. Never 0, which means nobody.
     */
    public static long playerId(String name) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.UTF_8));
            long number = ByteBuffer.wrap(digest).getLong();
            return number == 0 ? 1 : number;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Profile that
                && playerId == that.playerId
                && tick == that.tick
                && Double.compare(x, that.x) == 0
                && Double.compare(y, that.y) == 0
                && Double.compare(z, that.z) == 0
                && name.equals(that.name)
                && starSystem.equals(that.starSystem)
                && Arrays.equals(owned, that.owned);
    }

    @Override
    public int hashCode() {
        return Objects.hash(playerId, tick);
    }

    @Override
    public String toString() {
        return "Profile["
                + name
                + ", tick "
                + tick
                + ", "
                + starSystem
                + " ("
                + x
                + ", "
                + y
                + ", "
                + z
                + "), "
                + owned.length
                + " bytes owned]";
    }
}
