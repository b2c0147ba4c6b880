package @PACKAGE@;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Replicated;
import dev.horizon.engine.world.Tier;

/**
 * A beacon that circles the star. From this one record come its storage, its capture, and what
 * clients see of it.
 *
 * @param turns full circles so far
 * @param degrees where on its circle it is
 */
@Component
@Replicated({Tier.CLOSE, Tier.MEDIUM})
public record Beacon(int turns, float degrees) {}
