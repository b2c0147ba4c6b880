package dev.horizon.net.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/** What a player may be called, and the number that stands for the name. */
public final class PlayerNames {
    /** Letters and digits that look alike in no two ways; punctuation only inside. */
    private static final Pattern ALPHABET =
            Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9 _.'-]{0,22}[A-Za-z0-9_.-])?");

    /** The rule in words, for messages. */
    static final String RULE =
            "1 to 24 of A-Z a-z 0-9 space _ . ' -, beginning with a letter or digit";

    private PlayerNames() {}

    /** True for 1 to 24 characters of the alphabet. */
    public static boolean isValid(String name) {
        return ALPHABET.matcher(name).matches();
    }

    /**
     * The player's number, the same at every login: the first 63 bits of the name's SHA-256, never
     * 0.
     */
    public static long id(String name) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.UTF_8));
            return Math.max(1, ByteBuffer.wrap(digest).getLong() >>> 1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
