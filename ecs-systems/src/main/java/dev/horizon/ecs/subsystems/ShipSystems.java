package dev.horizon.ecs.subsystems;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Length;
import dev.horizon.engine.world.Replicated;
import dev.horizon.engine.world.Tier;
import java.util.List;

/**
 * The sum of a ship's subsystems and crew, kept on the ship so that no system visits the parts: it
 * changes only when one of them does. The factors are the mean health of the parts of a kind, 1
 * where a ship has none.
 *
 * @param kinds ordinals of {@link SubsystemKind} by slot
 * @param health per cent by slot
 * @param damaged slots below 100 per cent
 * @param crew alive
 * @param engineers alive among them
 * @param thrust of engines, 0 to 1
 * @param turn of thrusters, at least 0.1, so that a pilot can always turn
 * @param power of reactors, 0 to 1
 * @param shields of generators, 0 to 1
 * @param weapons of turrets, 0 to 1
 * @param sensors of arrays, at least 0.1
 * @param lifeSupport 0 to 1: below a half, crew repair at half speed
 */
@Component
@Replicated(Tier.CLOSE)
public record ShipSystems(
        @Length(ShipSystems.SLOTS) byte[] kinds,
        @Length(ShipSystems.SLOTS) byte[] health,
        byte damaged,
        byte crew,
        byte engineers,
        float thrust,
        float turn,
        float power,
        float shields,
        float weapons,
        float sensors,
        float lifeSupport) {
    /** Subsystems that a ship may have. */
    public static final int SLOTS = 20;

    /**
     * The sum of whole subsystems.
     *
     * @param kinds by slot, at most {@link #SLOTS}
     * @param crew their roles
     * @throws IllegalArgumentException for more subsystems than slots, or more than 127 crew
     */
    public static ShipSystems whole(List<SubsystemKind> kinds, List<CrewRole> crew) {
        if (kinds.size() > SLOTS || crew.size() > Byte.MAX_VALUE) {
            throw new IllegalArgumentException(
                    kinds.size()
                            + " subsystems and "
                            + crew.size()
                            + " crew given; a ship has room for "
                            + SLOTS
                            + " and "
                            + Byte.MAX_VALUE);
        }
        byte[] slots = new byte[SLOTS];
        byte[] health = new byte[SLOTS];
        for (int slot = 0; slot < kinds.size(); slot++) {
            slots[slot] = (byte) kinds.get(slot).ordinal();
            health[slot] = kinds.get(slot) == SubsystemKind.NONE ? 0 : (byte) 100;
        }
        int engineers = 0;
        for (CrewRole role : crew) {
            engineers += role == CrewRole.ENGINEER ? 1 : 0;
        }
        return new ShipSystems(
                slots, health, (byte) 0, (byte) crew.size(), (byte) engineers, 1, 1, 1, 1, 1, 1, 1);
    }
}
