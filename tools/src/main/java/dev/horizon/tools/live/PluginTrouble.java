package dev.horizon.tools.live;

/**
 * Something that went wrong with a plugin, and what is known of it.
 *
 * @param kind what that was
 * @param name of the handler, command or system, or of the plugin
 * @param tick when it was
 * @param message the first line
 * @param stack the rest; may be empty
 * @param next what to type to mend it or to see it again; may be empty
 */
public record PluginTrouble(
        Kind kind, String name, long tick, String message, String stack, String next) {
    /** Named as people read them, in lower case. */
    public enum Kind {
        /** It threw or wanted too much, and is skipped. */
        QUARANTINED,
        /** It did, and runs again. */
        FAILED,
        /** It took more time or memory than its budget. */
        OVER_BUDGET,
        /** It held a tick for longer than its budget, or didn't return at all. */
        HUNG,
        /** Another version was not loaded; the one before goes on. */
        REFUSED,
        /** Another version doesn't compile, as {@code horizon dev} says. */
        UNBUILT
    }

    /** In words, for a line of text. */
    public String words() {
        return switch (kind) {
            case QUARANTINED -> name + " in quarantine since tick " + tick;
            case FAILED -> name + " failed at tick " + tick;
            case OVER_BUDGET -> name + " was over budget at tick " + tick;
            case HUNG -> name + " held tick " + tick;
            case REFUSED -> "another version was refused at tick " + tick;
            case UNBUILT -> "another version doesn't build (tick " + tick + ")";
        };
    }
}
