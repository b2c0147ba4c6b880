package dev.horizon.engine.world;

/**
 * Makes an entity ride in another: crew in a ship, a ship in a hangar, cargo in a hold. It is
 * moved, transferred and removed together with its parent. Where it has a {@link Position}, that
 * follows the parent's position and attitude plus the local place given here.
 *
 * @param id the entity that carries this one
 * @param x metres in the parent's body axes
 * @param y metres in the parent's body axes
 * @param z metres in the parent's body axes
 */
@Component
public record Parent(EntityId id, float x, float y, float z) {}
