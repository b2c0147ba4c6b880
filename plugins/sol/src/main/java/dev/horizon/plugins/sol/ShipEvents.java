package dev.horizon.plugins.sol;

import dev.horizon.engine.world.EntityId;

/** What players send and are sent about ships, namespace {@code ship}. */
public final class ShipEvents {
    private ShipEvents() {}

    /**
     * From a player, {@code controls}: the stick, in body axes, each from -1 to 1. Only the latest
     * of a tick counts.
     *
     * @param thrustX forward
     * @param thrustY left
     * @param thrustZ up
     * @param roll about the nose
     * @param pitch positive lowers the nose
     * @param yaw positive turns left
     * @param fire while the trigger is held
     * @param target what guns aim at, or {@link EntityId#NONE}
     */
    public record Controls(
            float thrustX,
            float thrustY,
            float thrustZ,
            float roll,
            float pitch,
            float yaw,
            boolean fire,
            EntityId target) {}

    /** From a player, {@code take}: a ship for someone who has none. */
    public record TakeShip() {}

    /**
     * From a player, {@code go-to}: the autopilot flies there.
     *
     * @param x metres
     * @param y metres
     * @param z metres
     */
    public record GoTo(double x, double y, double z) {}

    /**
     * From a player, {@code target}: what guns aim at.
     *
     * @param target or {@link EntityId#NONE}
     */
    public record SelectTarget(EntityId target) {}

    /**
     * From a player, {@code dock}: the autopilot flies to a station and into a bay.
     *
     * @param station with bays
     */
    public record Dock(EntityId station) {}

    /** From a player, {@code undock}: out of the bay. */
    public record Undock() {}

    /**
     * From a player, {@code hide}: nobody else is shown the ship, or everybody is again.
     *
     * @param hidden whether it hides
     */
    public record Hide(boolean hidden) {}

    /** From a player, {@code jump}: through the gate to another star system that is near. */
    public record Jump() {}

    /**
     * To a player, {@code jump-refused}: the ship stays in this star system.
     *
     * @param ship theirs
     * @param starSystem where it was to go
     * @param code why
     * @param reason in words
     */
    public record JumpRefused(EntityId ship, String starSystem, String code, String reason) {}

    /**
     * To a player, {@code taken}: this ship is theirs.
     *
     * @param ship theirs
     */
    public record ShipTaken(EntityId ship) {}

    /**
     * To a player, {@code hidden}: whether their ship hides, when it is theirs and when that
     * changes.
     *
     * @param ship theirs
     * @param hidden whether nobody else is shown it
     */
    public record Hidden(EntityId ship, boolean hidden) {}

    /**
     * To a player, {@code docked}.
     *
     * @param ship theirs
     * @param station that carries it
     */
    public record Docked(EntityId ship, EntityId station) {}

    /**
     * To a player, {@code undocked}.
     *
     * @param ship theirs
     * @param station that it left
     */
    public record Undocked(EntityId ship, EntityId station) {}

    /**
     * To a player, {@code destroyed}: they may take another ship.
     *
     * @param ship that was theirs
     * @param killer who shot last
     */
    public record Destroyed(EntityId ship, EntityId killer) {}
}
