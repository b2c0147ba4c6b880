package dev.horizon.ecs.identity;

/** A side. The ordinals are stored and travel on the wire. */
public enum Faction {
    /** Nobody's: rocks, wrecks, natural bodies. */
    NONE(0),
    /** Traders: haulers, miners, civil stations. */
    GUILD(1 << 4),
    /** One navy of the standing war. */
    CONCORD(1 << 3 | 1 << 4),
    /** The other navy. */
    SYNDICATE(1 << 2 | 1 << 4),
    /** Everyone's enemy but nobody's army. */
    PIRATES(1 << 1 | 1 << 2 | 1 << 3 | 1 << 5),
    /** Independent pilots: players who joined no side. */
    FREELANCE(1 << 4);

    private static final Faction[] VALUES = values();

    private final int hostileMask;

    Faction(int hostileMask) {
        this.hostileMask = hostileMask;
    }

    /** The factions that this one shoots at, one bit per ordinal. */
    public int hostileMask() {
        return hostileMask;
    }

    /** The same for an ordinal read from a column. Allocates nothing. */
    public static int hostileMask(byte ordinal) {
        return VALUES[ordinal].hostileMask;
    }

    /** True when a ship of one side shoots at a ship of the other; ordinals as in columns. */
    public static boolean hostile(byte shooter, byte target) {
        return (VALUES[shooter].hostileMask >>> target & 1) != 0;
    }
}
