package dev.horizon.net.gateway;

import org.agrona.collections.LongHashSet;

/** Which channels a player at a place needs. Called by the gateway's agent thread. */
@FunctionalInterface
public interface InterestPlan {
    /**
     * Collects the channels for a place.
     *
     * @param x metres
     * @param y metres
     * @param z metres
     * @param held the channels of the last call, which go later than they came
     * @param wanted is filled; empty before
     * @return metres that the player can move in any direction before the answer may change
     */
    double collect(double x, double y, double z, LongHashSet held, LongHashSet wanted);
}
