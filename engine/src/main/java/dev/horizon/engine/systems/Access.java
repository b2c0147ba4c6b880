package dev.horizon.engine.systems;

import dev.horizon.engine.world.ComponentType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a system touches. Only tables that have every {@code reading}, {@code writing} and {@code
 * updating} component are visited; anything not declared can't be obtained. Immutable.
 *
 * <p>Ghosts, which are other nodes' entities near the border, are left out, by row and by lookup.
 * Who declares {@link dev.horizon.engine.world.Ghost} has them too: {@code
 * optional(GhostColumn.TYPE)} visits them beside entities, {@code reading} them alone, {@code
 * lookingUp} finds them by id. A system that visits them writes no components.
 */
public final class Access {
    /** How a system touches a component. */
    public enum Mode {
        /** Required in the table; read. */
        READ,
        /** Required in the table; dense write: the engine marks every row of the range. */
        WRITE,
        /** Required in the table; sparse write: the system marks the rows that it changes. */
        UPDATE,
        /** Read where the visited table has it. */
        OPTIONAL_READ,
        /** Sparse write where the visited table has it. */
        OPTIONAL_UPDATE,
        /** Read by {@link dev.horizon.engine.world.Lookup}, in any table. */
        LOOKUP,
        /** Rows appended to the effect queue of this component. */
        EMIT,
        /** The effect queue of this component is read and emptied; exclusive systems only. */
        CONSUME,
        /** The visited tables lack it. */
        WITHOUT,
        /** Part of a composition that the system creates, or a component it adds or removes. */
        SPAWN
    }

    /** One declared use. */
    public record Use(ComponentType<?> type, Mode mode) {}

    private final List<Use> uses;
    private final Set<DerivedKey<?>> using;
    private final Set<DerivedKey<?>> building;
    private final Set<String> after;

    private Access(
            List<Use> uses,
            Set<DerivedKey<?>> using,
            Set<DerivedKey<?>> building,
            Set<String> after) {
        this.uses = List.copyOf(uses);
        this.using = using;
        this.building = building;
        this.after = after;
    }

    /** Nothing declared yet. */
    public static Access none() {
        return new Access(
                List.of(), new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
    }

    /** Starts a declaration with required reads. */
    public static Access reading(ComponentType<?>... types) {
        return none().and(Mode.READ, types);
    }

    /** Adds required dense writes. */
    public Access writing(ComponentType<?>... types) {
        return and(Mode.WRITE, types);
    }

    /** Adds required sparse writes. */
    public Access updating(ComponentType<?>... types) {
        return and(Mode.UPDATE, types);
    }

    /** Adds reads of components that a visited table may lack. */
    public Access optional(ComponentType<?>... types) {
        return and(Mode.OPTIONAL_READ, types);
    }

    /** Adds sparse writes of components that a visited table may lack. */
    public Access optionallyUpdating(ComponentType<?>... types) {
        return and(Mode.OPTIONAL_UPDATE, types);
    }

    /** Adds reads by entity, in any table. */
    public Access lookingUp(ComponentType<?>... types) {
        return and(Mode.LOOKUP, types);
    }

    /** Adds effect queues that the system appends to. */
    public Access emitting(ComponentType<?>... types) {
        return and(Mode.EMIT, types);
    }

    /** Adds effect queues that the system reads and empties; for exclusive systems. */
    public Access consuming(ComponentType<?>... types) {
        return and(Mode.CONSUME, types);
    }

    /** Leaves out tables that have any of these. */
    public Access without(ComponentType<?>... types) {
        return and(Mode.WITHOUT, types);
    }

    /** Adds components that the system's spawns consist of, or that it adds or removes. */
    public Access spawning(ComponentType<?>... types) {
        return and(Mode.SPAWN, types);
    }

    /** Adds derived objects that the system reads. */
    public Access using(DerivedKey<?>... keys) {
        Access copy = copy();
        copy.using.addAll(Arrays.asList(keys));
        return copy;
    }

    /** Adds derived objects that the system rebuilds. */
    public Access building(DerivedKey<?>... keys) {
        Access copy = copy();
        copy.building.addAll(Arrays.asList(keys));
        return copy;
    }

    /** Orders the system behind others of its stage, by their qualified names. */
    public Access after(String... systems) {
        Access copy = copy();
        copy.after.addAll(Arrays.asList(systems));
        return copy;
    }

    /** The declared uses of components, in order of declaration. */
    public List<Use> uses() {
        return uses;
    }

    /** Derived objects that are read, in order of declaration. */
    public Set<DerivedKey<?>> using() {
        return Collections.unmodifiableSet(using);
    }

    /** Derived objects that are rebuilt, in order of declaration. */
    public Set<DerivedKey<?>> building() {
        return Collections.unmodifiableSet(building);
    }

    /** Names of systems that run before. */
    public Set<String> after() {
        return Collections.unmodifiableSet(after);
    }

    /** True when the component was declared with the mode. */
    public boolean declares(ComponentType<?> type, Mode mode) {
        return uses.contains(new Use(type, mode));
    }

    private Access and(Mode mode, ComponentType<?>... types) {
        List<Use> more = new ArrayList<>(uses);
        for (ComponentType<?> type : types) {
            more.add(new Use(type, mode));
        }
        return new Access(
                more,
                new LinkedHashSet<>(using),
                new LinkedHashSet<>(building),
                new LinkedHashSet<>(after));
    }

    private Access copy() {
        return and(Mode.READ);
    }
}
