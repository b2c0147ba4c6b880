package dev.horizon.plugins.chat;

/** What nodes send each other of chat. */
public final class GalaxyEvents {
    private GalaxyEvents() {}

    /**
     * To all nodes: something said on GALAXY.
     *
     * @param speaker number of the player who said it
     * @param from their name
     * @param message what
     */
    public record Line(long speaker, String from, String message) {}

    /**
     * To all nodes: something said to one player, who isn't on the speaker's node.
     *
     * @param node of the speaker, where the answer goes
     * @param speaker number of the player who said it
     * @param from their name
     * @param to to whom
     * @param message what
     */
    public record Direct(int node, long speaker, String from, String to, String message) {}

    /**
     * To the speaker's node: the player was there.
     *
     * @param line what was said
     */
    public record Reached(Direct line) {}
}
