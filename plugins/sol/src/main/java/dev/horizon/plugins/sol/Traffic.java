package dev.horizon.plugins.sol;

import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.steering.Orders;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Region;
import dev.horizon.engine.world.World;
import java.util.List;

/**
 * Launches the ships that live in the system: convoys, miners, patrols, and two navies at war. Who
 * works for a station is launched where that is made, who fights where their post is.
 */
final class Traffic {
    private static final double WAR_SHARE = 0.15;
    private static final double PATROL_SHARE = 0.15;
    private static final double MINER_SHARE = 0.35;

    /** Ships of the war per cubic kilometre: the battlefield grows with the navies. */
    private static final double WAR_DENSITY = 0.05;

    private static final float LEASH_METRES = 6_000;
    private static final float PATROL_METRES = 15_000;

    private final World world;
    private final Heavens heavens;
    private final Region region;
    private final Dice dice;
    private final double scale;

    Traffic(World world, Heavens heavens, Region region, SolConfig config) {
        this.world = world;
        this.heavens = heavens;
        this.region = region;
        dice = new Dice(config.seed() + 1);
        scale = config.scale();
    }

    void launch(int ships) {
        int war = (int) (ships * WAR_SHARE);
        int patrols = (int) (ships * PATROL_SHARE);
        int miners = heavens.fields().isEmpty() ? 0 : (int) (ships * MINER_SHARE);
        war(war);
        for (int i = 0; i < patrols; i++) {
            patrol();
        }
        for (int i = 0; i < miners; i++) {
            miner(i);
        }
        convoys(ships - war - patrols - miners);
    }

    private void war(int ships) {
        double radius = 1_000 * StrictMath.cbrt(ships / WAR_DENSITY * 0.75 / Math.PI);
        Place front = front();
        for (int i = 0; i < ships; i++) {
            Faction side = (i & 1) == 0 ? Faction.CONCORD : Faction.SYNDICATE;
            Design design =
                    i % 40 >= 38 ? Design.CRUISER : i % 8 >= 6 ? Design.CORVETTE : Design.FIGHTER;
            Place post = front.within(dice, radius);
            if (!post.isIn(region)) {
                continue;
            }
            Posting posting = new Posting(design, EntityId.NONE, post.x(), post.y(), post.z());
            Yard.of(design)
                    .launch(
                            world,
                            side,
                            name(design, i),
                            post,
                            Orders.attack(post.x(), post.y(), post.z(), LEASH_METRES),
                            posting);
        }
    }

    /** Where the war is: off the belt, above the plane of the planets. */
    private Place front() {
        return Place.still(1_200_000 * scale, 300_000 * scale, 150_000 * scale);
    }

    void patrol() {
        Heavens.Station station = any(heavens.stations());
        Design design = dice.below(4) == 0 ? Design.CORVETTE : Design.FIGHTER;
        Place place = station.place().within(dice, PATROL_METRES);
        if (!station.isHere()) {
            return;
        }
        Posting posting = new Posting(design, station.id(), 0, 0, 1_000);
        Yard.of(design)
                .launch(
                        world,
                        Faction.GUILD,
                        "Guard",
                        place,
                        Orders.patrol(station.id(), PATROL_METRES),
                        posting);
    }

    private void miner(int index) {
        List<Heavens.Field> fields = heavens.fields();
        int outposts = 0;
        for (Heavens.Station station : heavens.stations()) {
            outposts += station.neighbourhood() < 0 ? 1 : 0;
        }
        int field = outposts == 0 ? index % fields.size() : index % outposts;
        int home = heavens.stations().size() - Math.max(1, outposts) + (outposts == 0 ? 0 : field);
        Heavens.Station station = heavens.stations().get(home);
        Place centre = fields.get(field).centre();
        Place place = centre.within(dice, Heavens.FIELD_RADIUS);
        if (!station.isHere()) {
            return;
        }
        Posting posting = new Posting(Design.MINER, station.id(), 0, 0, 1_000);
        Yard.of(Design.MINER)
                .launch(
                        world,
                        Faction.GUILD,
                        name(Design.MINER, index),
                        place,
                        Orders.mine(
                                station.id(),
                                centre.x(),
                                centre.y(),
                                centre.z(),
                                (float) Heavens.FIELD_RADIUS * 0.8f),
                        posting);
    }

    private void convoys(int ships) {
        int left = ships;
        for (int convoy = 0; left > 0; convoy++) {
            Heavens.Station from = any(heavens.stations());
            Heavens.Station to = partner(from);
            Place way = from.place().towards(to.place(), dice.between(0.05, 0.9));
            way = new Place(way.x(), way.y(), way.z(), 0, 0, 0).within(dice, 4_000);
            left--;
            int escorts = Math.min(left, 1 + dice.below(3));
            left -= escorts;
            if (!from.isHere()) {
                continue;
            }
            Posting berth = new Posting(Design.FREIGHTER, from.id(), 0, 0, 1_500);
            EntityId leader =
                    Yard.of(Design.FREIGHTER)
                            .launch(
                                    world,
                                    Faction.GUILD,
                                    name(Design.FREIGHTER, convoy),
                                    way,
                                    Orders.haul(from.id(), here(to, from).id()),
                                    berth);
            for (int i = 0; i < escorts; i++) {
                double aside = (i & 1) == 0 ? 400 + 150 * i : -400 - 150 * i;
                Yard.of(Design.FIGHTER)
                        .launch(
                                world,
                                Faction.GUILD,
                                "Escort",
                                way.plus(-200, aside, 100),
                                Orders.escort(leader, from.id(), -200, aside, 100),
                                new Posting(Design.FIGHTER, from.id(), 0, aside, 1_000));
            }
        }
    }

    /** A station, or, where that is in another region, the nearest that isn't. */
    private Heavens.Station here(Heavens.Station wanted, Heavens.Station from) {
        if (wanted.isHere()) {
            return wanted;
        }
        Heavens.Station best = from;
        for (Heavens.Station other : heavens.stations()) {
            boolean isNearer =
                    best == from
                            || other.place().distanceTo(from.place())
                                    < best.place().distanceTo(from.place());
            if (other.isHere() && other != from && isNearer) {
                best = other;
            }
        }
        return best;
    }

    /** Another station to trade with: most often one of the same planet, or the next outpost. */
    private Heavens.Station partner(Heavens.Station from) {
        List<Heavens.Station> stations = heavens.stations();
        Heavens.Station best = any(stations);
        for (int attempt = 0; attempt < 12; attempt++) {
            Heavens.Station other = any(stations);
            if (other == from) {
                continue;
            }
            if (best == from
                    || other.place().distanceTo(from.place())
                            < best.place().distanceTo(from.place())) {
                best = other;
            }
        }
        return best;
    }

    private static String name(Design design, int index) {
        String kind = design.name();
        return kind.charAt(0) + "-" + (100 + index);
    }

    private Heavens.Station any(List<Heavens.Station> stations) {
        return stations.get(dice.below(stations.size()));
    }
}
