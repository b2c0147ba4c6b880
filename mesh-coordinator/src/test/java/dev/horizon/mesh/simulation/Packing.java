package dev.horizon.mesh.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.events.EntityArrived;
import dev.horizon.engine.events.EntityLeaving;
import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.World;
import java.util.ArrayList;
import java.util.List;

/**
 * Has a store beside each ship, which rides in it from node to node and not else, as a station's
 * book does: the ship is its owner.
 */
final class Packing implements Plugin {
    /** Makes a ship's store. */
    static void add(EntityId ship, World world) {
        world.create(new Owner(ship.value()));
    }

    /** Of what owns something: the numbers of players are below all ids. */
    static boolean isShip(long owner) {
        return new EntityId(owner).block() > 0;
    }

    /** A node has no store without its ship. */
    static void check(SimulatedNode node) {
        assertThat(node.entities().keySet())
                .as("ships of the stores of node %s", node.home())
                .containsAll(node.stores().values());
    }

    /** All stores are there, once. */
    static void checkAll(List<SimulatedNode> nodes) {
        List<Long> ships = new ArrayList<>();
        for (SimulatedNode node : nodes) {
            for (int i = 0; i < SimulatedWorld.SHIPS; i++) {
                ships.add(EntityId.of(node.block(), 1 + 3 * i).value());
            }
        }
        assertThat(nodes.stream().flatMap(node -> node.stores().values().stream()))
                .as("ships that have their stores")
                .containsExactlyInAnyOrderElementsOf(ships);
    }

    @Override
    public void setup(Registrar registrar) {
        registrar
                .events()
                .on(
                        EntityLeaving.class,
                        (event, context) ->
                                of(event.entity(), context.world())
                                        .forEach(each ->
                                                context.world()
                                                        .write(
                                                                each,
                                                                new Parent(
                                                                        event.entity(), 0, 0, 0))));
        registrar
                .events()
                .on(
                        EntityArrived.class,
                        (event, context) -> unpack(event.entity(), context.world()));
        // What was kept here after all.
        registrar
                .events()
                .on(
                        TickStarted.class,
                        (event, context) -> {
                            List<EntityId> stores = new ArrayList<>();
                            context.world().forEach(Owner.class, stores::add);
                            stores.forEach(each -> context.world().remove(each, Parent.class));
                        });
    }

    private static void unpack(EntityId ship, World world) {
        of(ship, world).forEach(each -> world.remove(each, Parent.class));
    }

    private static List<EntityId> of(EntityId ship, World world) {
        List<EntityId> stores = new ArrayList<>(1);
        world.forEach(Owner.class, ship.value(), stores::add);
        return stores;
    }
}
