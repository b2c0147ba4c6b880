package dev.horizon.net.gateway;

import java.util.regex.Pattern;

/** What a player may be called. */
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
}
