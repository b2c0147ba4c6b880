package dev.horizon.plugins.guilds;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Key;
import dev.horizon.engine.world.MaxLength;

/**
 * A guild, as this node knows it. At its home, the node whose block its id is of, this is on the
 * entity of that id, which also has an {@link dev.horizon.plugins.economy.Account}; elsewhere it is
 * a copy.
 *
 * @param id the guild's, the same on all nodes
 * @param name unique in the galaxy
 * @param tag two to five letters or digits, unique too
 * @param credits in its account
 * @param revision grows with every change of its roster that this node hears of
 */
@Component
public record Guild(
        @Key EntityId id,
        @MaxLength(24) String name,
        @MaxLength(5) String tag,
        long credits,
        int revision) {}
