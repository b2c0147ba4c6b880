package dev.horizon.tools.soak.bots;

/** What a bot is like. The crowd's thread alone. */
interface Mind {
    /**
     * Does what is due; called when the bot is in, and has a ship where it needs one.
     *
     * @return milliseconds until it is to be asked again
     */
    long act(Bot bot);

    /** Something happened in the bot's ship, such as {@code mining:stopped}. */
    default void hear(Bot bot, String event, String text) {}

    /** False for who never flies. */
    default boolean needsShip() {
        return true;
    }
}
