package dev.horizon.engine.storage;

import dev.horizon.engine.world.AttitudeColumn;
import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Length;
import dev.horizon.engine.world.MaxLength;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.OwnerColumn;
import dev.horizon.engine.world.ParentColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.Replicated;
import dev.horizon.engine.world.SizeColumn;
import dev.horizon.engine.world.Tier;
import java.util.Arrays;
import java.util.List;

/** Components for the tests of this module, one of each kind of field. */
public final class Parts {
    private Parts() {}

    /** A mood. */
    public enum Mood {
        /** Nothing. */
        CALM,
        /** Less. */
        CROSS,
        /** More. */
        FURIOUS
    }

    /** Small numbers. */
    @Component
    @Replicated({Tier.CLOSE, Tier.MEDIUM})
    public record Health(int points, short armour, byte level, char mark) {}

    /** A reference. */
    @Component
    public record Target(EntityId id, long since) {}

    /** Text and an enum. */
    @Component
    public record Label(@MaxLength(12) String text, Mood mood) {}

    /** Arrays. */
    @Component
    public record Battery(@Length(3) float[] charge, @Length(2) EntityId[] links, boolean on) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Battery(float[] charge2, EntityId[] links2, boolean on2)
                    && Arrays.equals(charge, charge2)
                    && Arrays.equals(links, links2)
                    && on == on2;
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(charge);
        }
    }

    /** Nothing at all. */
    @Component
    public record Marker() {}

    /** An effect. */
    @Component
    public record Hit(EntityId target, int points) {}

    /** The components of this class. */
    public static final List<ComponentType<?>> TYPES =
            List.of(
                    HealthColumn.TYPE,
                    TargetColumn.TYPE,
                    LabelColumn.TYPE,
                    BatteryColumn.TYPE,
                    MarkerColumn.TYPE,
                    HitColumn.TYPE);

    /** They and the engine's. */
    public static final List<ComponentType<?>> ALL =
            List.of(
                    HealthColumn.TYPE,
                    TargetColumn.TYPE,
                    LabelColumn.TYPE,
                    BatteryColumn.TYPE,
                    MarkerColumn.TYPE,
                    PositionColumn.TYPE,
                    MotionColumn.TYPE,
                    AttitudeColumn.TYPE,
                    SizeColumn.TYPE,
                    ParentColumn.TYPE,
                    OwnerColumn.TYPE);
}
