package dev.horizon.plugins.economy;

/** What a station lives on. The ordinals are stored. */
public enum Trade {
    /** Smelts ore. */
    REFINERY(new int[] {4, 0, 0, 0}, new int[] {0, 2, 0, 0}),
    /** Builds goods of metal. */
    WORKS(new int[] {0, 3, 1, 0}, new int[] {0, 0, 0, 3}),
    /** Scoops fuel, and wears out goods. */
    SCOOP(new int[] {0, 0, 0, 1}, new int[] {0, 0, 6, 0}),
    /** Where people live: uses goods and fuel, and leaves scrap, which is ore again. */
    HABITAT(new int[] {0, 0, 1, 3}, new int[] {1, 0, 0, 0});

    private static final Trade[] VALUES = values();
    private static final int INPUT_TARGET = 1_200;
    private static final int OUTPUT_TARGET = 300;
    private static final int OTHER_TARGET = 100;

    private final int[] uses;
    private final int[] makes;

    Trade(int[] uses, int[] makes) {
        this.uses = uses;
        this.makes = makes;
    }

    /** The trade of an ordinal as stored. */
    public static Trade of(byte ordinal) {
        return VALUES[ordinal];
    }

    /** Units of a commodity, given by ordinal, that one cycle uses. */
    public int uses(int commodity) {
        return uses[commodity];
    }

    /** Units of a commodity that one cycle makes. */
    public int makes(int commodity) {
        return makes[commodity];
    }

    /** Units that the station would like to have: many of what it uses, few of what it makes. */
    public int target(int commodity) {
        return uses[commodity] > 0
                ? INPUT_TARGET
                : makes[commodity] > 0 ? OUTPUT_TARGET : OTHER_TARGET;
    }

    /** Units that it won't sell, since it needs them itself. */
    public int reserve(int commodity) {
        return uses[commodity] > 0 ? INPUT_TARGET / 2 : 0;
    }

    /** Units at which it makes no more; who lives leaves scrap, however much of it lies around. */
    public int fullAt(int commodity) {
        return makes[commodity] > 0 && this != HABITAT ? 10 * OUTPUT_TARGET : Integer.MAX_VALUE;
    }
}
