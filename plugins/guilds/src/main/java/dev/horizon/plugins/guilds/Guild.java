package dev.horizon.plugins.guilds;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.MaxLength;

/**
 * A guild. Its entity also has an {@link dev.horizon.plugins.economy.Account}.
 *
 * @param name unique in the star system
 * @param tag two to five letters or digits, unique too
 * @param revision grows with every change of its roster
 */
@Component
public record Guild(@MaxLength(24) String name, @MaxLength(5) String tag, int revision) {}
