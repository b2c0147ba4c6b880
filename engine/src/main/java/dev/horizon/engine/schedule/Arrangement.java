package dev.horizon.engine.schedule;

import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.DerivedKey;
import dev.horizon.engine.world.ComponentType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Systems in the order of their plan, with all that they share: what a schedule can exchange. */
public final class Arrangement {
    final PlannedSystem[] systems;
    final PlannedSystem[][] groups;

    /** Each system as a group of its own: while somebody watches, one runs after the other. */
    final PlannedSystem[][] alone;

    final Map<DerivedKey<?>, Object> derived = new LinkedHashMap<>();
    final EffectHub hub;
    final long[] groupNanos;
    final @Nullable Throwable[] faults;

    Arrangement(
            List<RegisteredSystem> registered,
            Map<DerivedKey<?>, ? extends Supplier<?>> factories,
            int threads) {
        factories.forEach((key, factory) -> derived.put(key, factory.get()));
        Plan plan = Plan.of(withEngineSystems(registered));
        List<PlannedSystem> planned = new ArrayList<>();
        groups = new PlannedSystem[plan.groups().size()][];
        for (int i = 0; i < groups.length; i++) {
            int first = planned.size();
            for (RegisteredSystem system : plan.groups().get(i)) {
                planned.add(new PlannedSystem(planned.size(), system, derived));
            }
            groups[i] = planned.subList(first, planned.size()).toArray(PlannedSystem[]::new);
        }
        systems = planned.toArray(PlannedSystem[]::new);
        alone = new PlannedSystem[systems.length][];
        for (PlannedSystem system : systems) {
            alone[system.order] = new PlannedSystem[] {system};
        }
        faults = new Throwable[systems.length];
        groupNanos = new long[groups.length];
        hub = new EffectHub(effects(planned), threads);
    }

    private static List<RegisteredSystem> withEngineSystems(List<RegisteredSystem> registered) {
        List<RegisteredSystem> all = new ArrayList<>(registered);
        RegisteredSystem carry = Carry.system();
        boolean known = all.stream().anyMatch(s -> s.qualifiedName().equals(carry.qualifiedName()));
        if (!known) {
            all.add(carry);
        }
        return all;
    }

    private static ComponentType<?>[] effects(List<PlannedSystem> systems) {
        Set<ComponentType<?>> types = new LinkedHashSet<>();
        for (PlannedSystem system : systems) {
            for (Access.Use use : system.spec.access().uses()) {
                if (use.mode() == Access.Mode.EMIT || use.mode() == Access.Mode.CONSUME) {
                    types.add(use.type());
                }
            }
        }
        return types.toArray(ComponentType<?>[]::new);
    }

    List<SystemTimings> timings() {
        List<SystemTimings> timings = new ArrayList<>();
        for (PlannedSystem system : systems) {
            timings.add(
                    new SystemTimings(
                            system.name, system.nanos.copy(), system.runs, system.quarantined));
        }
        return timings;
    }

    List<List<String>> groups() {
        return Arrays.stream(groups)
                .map(group -> Arrays.stream(group).map(system -> system.name).toList())
                .toList();
    }

    PlannedSystem find(String name) {
        for (PlannedSystem system : systems) {
            if (system.name.equals(name)) {
                return system;
            }
        }
        throw new IllegalArgumentException(
                "no system is named " + name + "; there are " + groups());
    }
}
