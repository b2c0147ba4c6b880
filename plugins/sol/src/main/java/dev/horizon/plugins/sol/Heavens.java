package dev.horizon.plugins.sol;

import dev.horizon.ecs.cargo.Ore;
import dev.horizon.ecs.cargo.Store;
import dev.horizon.ecs.docking.Bays;
import dev.horizon.ecs.gates.Gate;
import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.identity.Identity;
import dev.horizon.ecs.identity.ShipType;
import dev.horizon.ecs.orbits.Elements;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.Region;
import dev.horizon.engine.world.Size;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.World;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays out what doesn't fly by itself: star, planets, moons, stations, belt, gate. Distances and
 * gravity are scaled so that planets take hours and stations take tens of minutes for a round. All
 * is worked out the same whatever the region; what lies elsewhere is not made, for another node
 * makes it. What belongs together is made in one place: moons and stations where their planet is,
 * rocks and an outpost where the middle of their field is.
 */
final class Heavens {
    /** Of the star: ten hours at 1,000 km. */
    private static final double STAR_MU = 3.05e10;

    /** Of a planet: forty minutes at 60 km. */
    private static final double PLANET_MU = 1.48e9;

    private static final float STAR_RADIUS = 60_000;
    private static final double INNERMOST_METRES = 350_000;
    private static final double OUTERMOST_METRES = 2_700_000;

    /** The belt's ring; no planet goes here. */
    private static final double BELT_METRES = 1_500_000;

    private static final float STATION_RADIUS = 250;
    private static final float BAY_RANGE = 700;
    private static final int BAYS = 24;
    private static final int SHIPS_PER_STATION = 50;
    private static final int ROCKS_PER_FIELD = 200;
    static final double FIELD_RADIUS = 12_000;

    /**
     * A station and where it is when the layout is made.
     *
     * @param id none where it lies in another region
     */
    record Station(EntityId id, Place place, int neighbourhood) {
        boolean isHere() {
            return !id.equals(EntityId.NONE);
        }
    }

    /** A part of the belt. */
    record Field(Place centre) {}

    private record Planet(EntityId id, Place place, double radius) {}

    private final World world;
    private final SolConfig config;
    private final Region region;
    private final double seconds;
    private final Dice dice;
    private final double scale;
    private final List<Planet> planets = new ArrayList<>();
    private final List<Station> stations = new ArrayList<>();
    private final List<Field> fields = new ArrayList<>();
    private int objects;

    Heavens(World world, SolConfig config, Region region, double seconds) {
        this.world = world;
        this.config = config;
        this.region = region;
        this.seconds = seconds;
        this.dice = new Dice(config.seed());
        this.scale = config.scale();
    }

    /** All stations: planets' ones first, then those of the belt. */
    List<Station> stations() {
        return stations;
    }

    /** The belt's fields; the outpost of field i stands beside it. */
    List<Field> fields() {
        return fields;
    }

    void layOut() {
        Place middle = Place.still(0, 0, 0);
        create(middle, middle, ShipType.STAR, Faction.NONE, "Sol", SizeClass.BODY, STAR_RADIUS);
        int planetCount = Math.min(12, 3 + config.objects() / 1_500);
        for (int i = 0; i < planetCount; i++) {
            planet(i, planetCount);
        }
        gate("Jump gate", 2_900_000, dice.angle());
        int stationCount = Math.max(4, config.ships() / SHIPS_PER_STATION);
        for (int i = 0; i < (stationCount + 1) / 2; i++) {
            orbitalStation(i);
        }
        belt(Math.max(0, config.objects() - objects - stationCount / 2), stationCount / 2);
        gate("Inner gate", 250_000, 1);
        if (!config.gateTo().isEmpty()) {
            gateTo(config.gateTo());
        }
    }

    private void planet(int index, int count) {
        double share = count == 1 ? 0 : (double) index / (count - 1);
        double axis =
                scale
                        * INNERMOST_METRES
                        * StrictMath.pow(OUTERMOST_METRES / INNERMOST_METRES, share);
        double gap = 150_000 * scale;
        if (Math.abs(axis - BELT_METRES * scale) < gap) {
            axis = (BELT_METRES * scale) + (axis < BELT_METRES * scale ? -gap : gap);
        }
        double radius = dice.between(15_000, 45_000);
        Elements elements =
                new Elements(
                        axis,
                        dice.between(0, 0.04),
                        dice.between(0, 0.05),
                        dice.angle(),
                        dice.angle(),
                        dice.angle());
        Place place = place(elements, STAR_MU, Place.still(0, 0, 0));
        EntityId id =
                create(
                        place,
                        place,
                        ShipType.PLANET,
                        Faction.NONE,
                        "Sol " + (char) ('b' + index),
                        SizeClass.BODY,
                        (float) radius,
                        elements.around(EntityId.NONE, 0, STAR_MU));
        Planet planet = new Planet(id, place, radius);
        planets.add(planet);
        int moons = 1 + dice.below(3);
        for (int i = 0; i < moons; i++) {
            moon(planet, i, "Sol " + (char) ('b' + index) + " " + (i + 1));
        }
    }

    private void moon(Planet planet, int index, String name) {
        double radius = dice.between(3_000, 8_000);
        Elements elements =
                new Elements(
                        planet.radius() * (2.6 + 0.9 * index),
                        dice.between(0, 0.05),
                        dice.between(0, 0.3),
                        dice.angle(),
                        dice.angle(),
                        dice.angle());
        create(
                planet.place(),
                place(elements, PLANET_MU, planet.place()),
                ShipType.MOON,
                Faction.NONE,
                name,
                SizeClass.BODY,
                (float) radius,
                elements.around(planet.id(), 1, PLANET_MU));
    }

    private void gate(String name, double axisMetres, double angle) {
        Elements elements = new Elements(axisMetres * scale, 0, 0.02, 0, 0, angle);
        Place place = place(elements, STAR_MU, Place.still(0, 0, 0));
        create(
                place,
                place,
                ShipType.GATE,
                Faction.NONE,
                name,
                SizeClass.STATION,
                400,
                elements.around(EntityId.NONE, 0, STAR_MU));
    }

    /** It rests, at the same place in each star system: so the one knows where the other is. */
    private void gateTo(String starSystem) {
        Place above = Place.still(0, 0, 2 * STAR_RADIUS);
        create(
                above,
                above,
                ShipType.GATE,
                Faction.NONE,
                Bridge.shortName("Gate to " + starSystem),
                SizeClass.STATION,
                400,
                new Gate(starSystem, above.x(), above.y(), above.z()));
    }

    private void orbitalStation(int index) {
        Planet planet = planets.get(index % planets.size());
        double lowest = planet.radius() * 1.4;
        Elements elements =
                new Elements(
                        dice.between(lowest, lowest + 40_000 * scale),
                        dice.between(0, 0.02),
                        dice.between(0, 0.5),
                        dice.angle(),
                        dice.angle(),
                        dice.angle());
        Place place = place(elements, PLANET_MU, planet.place());
        EntityId id =
                create(
                        planet.place(),
                        place,
                        ShipType.STATION,
                        Faction.GUILD,
                        "Station " + (index + 1),
                        SizeClass.STATION,
                        STATION_RADIUS,
                        elements.around(planet.id(), 1, PLANET_MU),
                        Bays.of(BAYS, BAY_RANGE),
                        stock());
        stations.add(new Station(id, place, index % planets.size()));
    }

    private void belt(int rocks, int outposts) {
        int count = Math.max(outposts, rocks / ROCKS_PER_FIELD);
        for (int i = 0; i < count; i++) {
            double turn = 2 * Math.PI * (i + dice.between(0, 0.7)) / count;
            double out = scale * (BELT_METRES + dice.between(-90_000, 90_000));
            Place centre =
                    Place.still(
                            out * StrictMath.cos(turn),
                            out * StrictMath.sin(turn),
                            scale * dice.between(-25_000, 25_000));
            fields.add(new Field(centre));
            if (i < outposts) {
                outpost(i, centre);
            }
        }
        for (int i = 0; i < rocks; i++) {
            Place centre = fields.get(i % count).centre();
            rock(centre, centre.within(dice, FIELD_RADIUS));
        }
    }

    private void outpost(int index, Place centre) {
        Place place = centre.plus(0, 0, FIELD_RADIUS + 3_000);
        EntityId id =
                create(
                        centre,
                        place,
                        ShipType.STATION,
                        Faction.GUILD,
                        "Outpost " + (index + 1),
                        SizeClass.STATION,
                        STATION_RADIUS,
                        Bays.of(BAYS, BAY_RANGE),
                        stock());
        stations.add(new Station(id, place, -1 - index));
    }

    /** A rock keeps its place: the belt is too slow to see it move, and much cheaper this way. */
    private void rock(Place centre, Place place) {
        double radius = dice.between(15, 110);
        objects++;
        if (!centre.isIn(region)) {
            return;
        }
        world.create(
                new Position(place.x(), place.y(), place.z()),
                new Size(SizeClass.CRAFT, (float) radius),
                new Identity(Faction.NONE, ShipType.ASTEROID, ""),
                new Ore((int) (radius * 20)));
    }

    private static Store stock() {
        return new Store(new int[] {400, 600, 600, 400});
    }

    private Place place(Elements elements, double mu, Place centre) {
        Elements.State state = elements.at(mu, seconds);
        return new Place(
                centre.x() + state.x(),
                centre.y() + state.y(),
                centre.z() + state.z(),
                centre.vx() + (float) state.vx(),
                centre.vy() + (float) state.vy(),
                centre.vz() + (float) state.vz());
    }

    /** Makes it, if what it belongs to is in the region; else there is none. */
    private EntityId create(
            Place belongsTo,
            Place place,
            ShipType type,
            Faction faction,
            String name,
            SizeClass sizeClass,
            float radius,
            Record... more) {
        objects++;
        if (!belongsTo.isIn(region)) {
            return EntityId.NONE;
        }
        Record[] records = new Record[4 + more.length];
        records[0] = new Position(place.x(), place.y(), place.z());
        records[1] = new Motion(place.vx(), place.vy(), place.vz(), 0, 0, 0);
        records[2] = new Size(sizeClass, radius);
        records[3] = new Identity(faction, type, name);
        System.arraycopy(more, 0, records, 4, more.length);
        return world.create(records);
    }
}
