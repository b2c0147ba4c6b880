package dev.horizon.tools.soak.raid;

import java.util.Locale;

/** What a raider does to a server. */
enum RaidKind {
    /** Connects, and says nothing. */
    SILENT(false),
    /** Says half of a request, a byte at a time. */
    HALF_OPEN(false),
    /** Sends frames that are none, many at once. */
    MALFORMED(false),
    /** Announces a frame far beyond the bound, and begins to send it. */
    OVERSIZE(false),
    /** Says hello with a ticket that nobody signed. */
    FORGED(false),
    /** A player who says the same input over and over. */
    REPLAY(true),
    /** A player who talks without end. */
    FLOOD(true);

    /** Of so many raiders one is of each kind that isn't silent; of the malformed two. */
    private static final int SHARE = 100;

    private static final RaidKind[] LOUD = {
        HALF_OPEN, MALFORMED, MALFORMED, OVERSIZE, FORGED, REPLAY, FLOOD
    };

    private final boolean isPlayer;

    RaidKind(boolean isPlayer) {
        this.isPlayer = isPlayer;
    }

    /** The kind of one of many: most are silent. */
    static RaidKind of(int number) {
        int at = number % SHARE;
        return at < LOUD.length ? LOUD[at] : SILENT;
    }

    /** True for one that has a ticket. */
    boolean isPlayer() {
        return isPlayer;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
