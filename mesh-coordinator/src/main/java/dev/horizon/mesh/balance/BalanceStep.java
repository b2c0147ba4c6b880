package dev.horizon.mesh.balance;

import dev.horizon.engine.world.Region;
import dev.horizon.mesh.protocol.NodeEntry;

/** One thing to do for the sake of load. */
public sealed interface BalanceStep {
    /** In words, for operators. */
    String why();

    /** Cut a region in two. */
    record Split(Region region, String why) implements BalanceStep {}

    /** Give a region to another node. */
    record Move(Region region, NodeEntry to, String why) implements BalanceStep {}

    /** Put a part back; one node has both. */
    record Merge(Region region, Region part, String why) implements BalanceStep {}
}
