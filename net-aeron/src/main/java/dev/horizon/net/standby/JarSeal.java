package dev.horizon.net.standby;

import dev.horizon.net.gateway.TicketKey;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Proves that a jar comes from who has the ticket key: a standby runs what its node sends it, and
 * must not run what anybody sends it. An HMAC-SHA256 (RFC 2104) stands behind the jar. Thread-safe.
 */
public final class JarSeal {
    private static final String PURPOSE = "a plugin's jar for a standby";
    private static final int BYTES = 32;

    private final TicketKey key;

    /** Under the key that node and standby share. */
    public JarSeal(TicketKey key) {
        this.key = key;
    }

    byte[] seal(byte[] jar) {
        byte[] sealed = Arrays.copyOf(jar, jar.length + BYTES);
        System.arraycopy(key.sign(PURPOSE, jar), 0, sealed, jar.length, BYTES);
        return sealed;
    }

    /** The jar; null when it was sealed with another key, or not at all. */
    byte @Nullable [] open(byte[] sealed) {
        int length = sealed.length - BYTES;
        if (length < 0) {
            return null;
        }
        byte[] jar = Arrays.copyOf(sealed, length);
        byte[] seal = Arrays.copyOfRange(sealed, length, sealed.length);
        return MessageDigest.isEqual(seal, key.sign(PURPOSE, jar)) ? jar : null;
    }
}
