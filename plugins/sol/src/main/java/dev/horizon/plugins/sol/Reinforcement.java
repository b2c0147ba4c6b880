package dev.horizon.plugins.sol;

import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.steering.Behaviour;
import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;

/**
 * A ship that is to come: an entity that turns into one at its tick.
 *
 * @param dueAt tick, its low 32 bits
 * @param faction its side
 * @param behaviour its orders: what
 * @param subject its orders
 * @param second its orders
 * @param x its orders
 * @param y its orders
 * @param z its orders
 * @param radius its orders
 */
@Component
public record Reinforcement(
        int dueAt,
        Faction faction,
        Behaviour behaviour,
        EntityId subject,
        EntityId second,
        double x,
        double y,
        double z,
        float radius) {}
