package dev.horizon.engine.world;

/**
 * Marks what is near the border on another node of the star system: the same id, and those
 * components alone that clients are told of. The engine makes, moves and ends ghosts by what their
 * nodes tell; nobody else can change them.
 *
 * <p>A ghost is no entity of this node: {@link World} and systems don't find it, unless they ask
 * for this component by name.
 *
 * @param node that has the entity, by its number among {@linkplain
 *     dev.horizon.engine.events.Services services}
 * @param heardAt tick of this node, its low 32 bits, of the last word of it
 */
@Component
public record Ghost(int node, int heardAt) {}
