package dev.horizon.plugins.chat;

/** What players send and are sent about chat beside {@code chat:message}, which is SYSTEM. */
public final class ChatEvents {
    private ChatEvents() {}

    /**
     * From a player, {@code say}.
     *
     * @param channel who is to hear it
     * @param to name of the player for DIRECT, else empty
     * @param message one line of text
     */
    public record Say(Channel channel, String to, String message) {}

    /**
     * To players, {@code said}: something on LOCAL, GALAXY or DIRECT. Who sent it hears it too: a
     * DIRECT one to another node once it has reached them.
     *
     * @param channel on which
     * @param from who said it
     * @param to to whom, on DIRECT, else empty
     * @param message what
     */
    public record Said(Channel channel, String from, String to, String message) {}

    /**
     * From a player, {@code mute}: from now on, at later logins too, they hear nothing of another.
     *
     * @param player name of one who is here
     * @param muted false to hear them again
     */
    public record Mute(String player, boolean muted) {}

    /**
     * To a player, {@code muted}: it is so.
     *
     * @param player name
     * @param muted as asked
     */
    public record Muted(String player, boolean muted) {}
}
