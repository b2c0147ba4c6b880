package dev.horizon.plugins.sol;

import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.steering.Orders;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Region;
import dev.horizon.engine.world.World;

/**
 * One battle in which everyone can see everyone: the ships of two navies in a ball of four
 * kilometres, kept there by their orders. Who is lost is replaced.
 */
final class Battle {
    private static final double RADIUS_METRES = 2_000;
    private static final float LEASH_METRES = 1_200;

    /** Players arrive on the near side, inside. */
    private static final double ARRIVAL_METRES = 900;

    private final World world;
    private final SolConfig config;
    private final Dice dice;

    Battle(World world, SolConfig config) {
        this.world = world;
        this.config = config;
        this.dice = new Dice(config.seed() + 2);
    }

    /** Its middle: off the belt, below the plane of the planets. */
    static Place middle(SolConfig config) {
        double scale = config.scale();
        return Place.still(1_000_000 * scale, -300_000 * scale, -150_000 * scale);
    }

    /** Where a player's ship arrives. */
    static Place arrival(SolConfig config, long playerId) {
        Dice dice = new Dice(playerId);
        return middle(config).plus(-ARRIVAL_METRES, 0, 0).within(dice, ARRIVAL_METRES / 2);
    }

    /** Launches those whose posts are in a region. */
    void launch(Region region) {
        for (int i = 0; i < config.battleShips(); i++) {
            Faction side = (i & 1) == 0 ? Faction.CONCORD : Faction.SYNDICATE;
            Design design =
                    i % 40 >= 38 ? Design.CRUISER : i % 8 >= 6 ? Design.CORVETTE : Design.FIGHTER;
            Place post = middle(config).within(dice, RADIUS_METRES);
            if (!post.isIn(region)) {
                continue;
            }
            Yard.of(design)
                    .launch(
                            world,
                            side,
                            design.name().charAt(0) + "-" + (100 + i),
                            post,
                            Orders.attack(post.x(), post.y(), post.z(), LEASH_METRES),
                            new Posting(design, EntityId.NONE, post.x(), post.y(), post.z()));
        }
    }
}
