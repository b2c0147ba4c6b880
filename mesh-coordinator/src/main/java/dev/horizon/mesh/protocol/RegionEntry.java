package dev.horizon.mesh.protocol;

import dev.horizon.engine.world.Region;

/**
 * A region and its owner.
 *
 * @param region the box, its star system and its epoch
 * @param owner the home of its node; 0 while nobody owns it
 * @param heir the home of the node that it moves to; 0 while it doesn't
 * @param keeper the home of the node that it was moved to last, which has it again after a pause; 0
 *     while it belongs to who is configured with it
 */
public record RegionEntry(Region region, long owner, long heir, long keeper) {
    /** From here on numbers are of parts; who configures one has it taken for a part. */
    public static final int PARTS_FROM = 1_000_000;

    /** True for what a split made. */
    public boolean isPart() {
        return region.id() >= PARTS_FROM;
    }

    /** The same, moving to another node, or to none. */
    public RegionEntry movingTo(long home) {
        return new RegionEntry(region, owner, home, keeper);
    }

    /** The same with another owner, or the same one anew, under the next epoch. */
    public RegionEntry ownedBy(long home) {
        return new RegionEntry(region.at(region.epoch() + 1), home, heir, keeper);
    }

    /** The same, kept by who has it. */
    public RegionEntry keptBy(long home) {
        return new RegionEntry(region, owner, heir, home);
    }

    /** The same without an owner. */
    public RegionEntry freed() {
        return new RegionEntry(region, 0, 0, keeper);
    }

    /** Who takes what comes into it; 0 for nobody. */
    public long taker() {
        return heir != 0 ? heir : owner;
    }
}
