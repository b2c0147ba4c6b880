package dev.horizon.plugins.mining;

import dev.horizon.engine.world.EntityId;

/** What players send and are sent about mining, namespace {@code mining}. */
public final class MiningEvents {
    private MiningEvents() {}

    /**
     * From a player, {@code start}: aims the ship's laser at a rock in range and switches it on.
     *
     * @param rock with ore
     */
    public record Start(EntityId rock) {}

    /** From a player, {@code stop}: switches the laser off. */
    public record StopLaser() {}

    /**
     * From a player, {@code claim}: for a while nobody else may cut this rock, and it yields more
     * to them.
     *
     * @param rock within five kilometres of their ship
     */
    public record StakeClaim(EntityId rock) {}

    /**
     * To a player, {@code claimed}: the claim is theirs.
     *
     * @param rock which
     * @param expiresAtTick when it ends
     */
    public record Claimed(EntityId rock, long expiresAtTick) {}

    /**
     * To a player, {@code stopped}: their laser was switched off.
     *
     * @param rock at which
     * @param reason {@code CLAIMED}, {@code EMPTY} or {@code FULL}
     */
    public record Stopped(EntityId rock, String reason) {}
}
