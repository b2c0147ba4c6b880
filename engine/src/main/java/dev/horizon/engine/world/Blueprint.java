package dev.horizon.engine.world;

import java.util.ArrayList;
import java.util.List;

/**
 * What an entity is made of, with what rides in it: written once, made many times. Immutable; a
 * constant of a plugin may hold one.
 *
 * @param components each of a type of its own
 * @param riders made with it, riding in it: at the place of their {@link Parent}, if they have one
 */
public record Blueprint(List<Record> components, List<Blueprint> riders) {
    /** Copies the lists. */
    public Blueprint {
        components = List.copyOf(components);
        riders = List.copyOf(riders);
    }

    /** An entity of these components. */
    public static Blueprint of(Record... components) {
        return new Blueprint(List.of(components), List.of());
    }

    /** The same with a component more, or with another value of one that it has. */
    public Blueprint with(Record component) {
        List<Record> all = new ArrayList<>(components);
        all.removeIf(other -> other.getClass() == component.getClass());
        all.add(component);
        return new Blueprint(all, riders);
    }

    /** The same with something more that rides in it. */
    public Blueprint carrying(Blueprint rider) {
        List<Blueprint> all = new ArrayList<>(riders);
        all.add(rider);
        return new Blueprint(components, all);
    }

    /**
     * Makes the entity and what rides in it; their rows exist from the next apply on.
     *
     * @return the entity
     * @throws HorizonWorldException when a component isn't registered
     */
    public EntityId create(World world) {
        EntityId entity = world.create(components.toArray(Record[]::new));
        for (Blueprint rider : riders) {
            rider.with(rider.parent(entity)).create(world);
        }
        return entity;
    }

    /** Riding in a carrier, at the place that it names, or at the carrier's own. */
    private Parent parent(EntityId carrier) {
        for (Record component : components) {
            if (component instanceof Parent at) {
                return new Parent(carrier, at.x(), at.y(), at.z());
            }
        }
        return new Parent(carrier, 0, 0, 0);
    }
}
