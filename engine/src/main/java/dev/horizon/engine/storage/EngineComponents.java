package dev.horizon.engine.storage;

import dev.horizon.engine.world.AttitudeColumn;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.GhostColumn;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.OwnerColumn;
import dev.horizon.engine.world.ParentColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.SizeColumn;
import dev.horizon.engine.world.VeilColumn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The components that every world has. */
final class EngineComponents {
    static final List<ComponentType<?>> ALL =
            List.of(
                    PositionColumn.TYPE,
                    MotionColumn.TYPE,
                    AttitudeColumn.TYPE,
                    SizeColumn.TYPE,
                    ParentColumn.TYPE,
                    OwnerColumn.TYPE,
                    GhostColumn.TYPE,
                    VeilColumn.TYPE);

    private EngineComponents() {}

    static List<ComponentType<?>> with(Collection<? extends ComponentType<?>> more) {
        List<ComponentType<?>> all = new ArrayList<>(ALL);
        all.addAll(more);
        return all;
    }
}
