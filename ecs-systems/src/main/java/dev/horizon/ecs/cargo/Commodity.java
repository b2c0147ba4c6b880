package dev.horizon.ecs.cargo;

/** What holds and stores contain. The ordinals are stored and travel on the wire. */
public enum Commodity {
    /** As mined. */
    ORE,
    /** Refined. */
    METAL,
    /** For tanks. */
    FUEL,
    /** Everything that people make. */
    GOODS;

    /** How many there are. */
    public static final int COUNT = 4;
}
