package dev.horizon.plugins.chat;

import dev.horizon.engine.plugin.Default;

/**
 * Bounds of chat: {@code [plugins.chat]}.
 *
 * @param lengthMax characters of one message
 * @param messagesPerSecond that one player may say for long
 * @param burst messages that one player may say at once
 * @param localMetres from ship to ship that LOCAL reaches
 */
public record ChatSettings(
        @Default("256") int lengthMax,
        @Default("1") double messagesPerSecond,
        @Default("5") int burst,
        @Default("20000") double localMetres) {
    private static final int LENGTH_LIMIT = 300;

    /** Refuses what no chat can be. */
    public ChatSettings {
        if (lengthMax < 1 || lengthMax > LENGTH_LIMIT) {
            throw new IllegalArgumentException(
                    "length-max is " + lengthMax + ", set 1 to " + LENGTH_LIMIT);
        }
        if (!(localMetres > 0)) {
            throw new IllegalArgumentException("local-metres is " + localMetres + ", set more");
        }
        if (!(messagesPerSecond > 0) || burst < 1) {
            throw new IllegalArgumentException(
                    "messages-per-second and burst must be above 0, they are "
                            + messagesPerSecond
                            + " and "
                            + burst);
        }
    }
}
