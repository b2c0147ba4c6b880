package dev.horizon.plugins.market;

/** Which side of the book. The ordinals are stored. */
public enum Side {
    /** Gives money, wants goods. */
    BUY,
    /** Gives goods, wants money. */
    SELL
}
