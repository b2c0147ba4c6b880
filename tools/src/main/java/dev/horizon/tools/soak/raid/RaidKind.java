package dev.horizon.tools.soak.raid;

import java.util.Locale;

/** What a raider does to a server. */
enum RaidKind {
    /** Connects, and says nothing. */
    SILENT(false),
    /** Says half of a request, a byte at a time. */
    HALF_OPEN(false),
    /** Begins a handshake of TLS, and goes on with it a byte at a time. */
    HALF_HANDSHAKE(false),
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

    /** Of a server that speaks TLS. */
    private static final RaidKind[] LOUD_OVER_TLS = {
        HALF_HANDSHAKE, HALF_OPEN, MALFORMED, MALFORMED, OVERSIZE, FORGED, REPLAY, FLOOD
    };

    private final boolean isPlayer;

    RaidKind(boolean isPlayer) {
        this.isPlayer = isPlayer;
    }

    /** The kind of one of many: most are silent. */
    static RaidKind of(int number, boolean isTls) {
        RaidKind[] loud = isTls ? LOUD_OVER_TLS : LOUD;
        int at = number % SHARE;
        return at < loud.length ? loud[at] : SILENT;
    }

    /** True for one that comes to no end of a handshake. */
    boolean isBeforeTls() {
        return this == SILENT || this == HALF_HANDSHAKE;
    }

    /** True for one that has a ticket. */
    boolean isPlayer() {
        return isPlayer;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
