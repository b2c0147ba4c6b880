package dev.horizon.engine.schedule;

import dev.horizon.engine.storage.BatteryColumn;
import dev.horizon.engine.storage.HealthColumn;
import dev.horizon.engine.storage.HitColumn;
import dev.horizon.engine.storage.LabelColumn;
import dev.horizon.engine.storage.MarkerColumn;
import dev.horizon.engine.storage.Parts;
import dev.horizon.engine.storage.TargetColumn;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Commands;
import dev.horizon.engine.systems.DerivedKey;
import dev.horizon.engine.systems.Effects;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.Sweep;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.Composition;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.ParentColumn;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.PositionColumn;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A small busy world whose systems do everything that systems may do. */
final class Bustle {
    static final DerivedKey<int[]> CENSUS = new DerivedKey<>("census", int[].class);

    private static final Composition SHIP =
            Composition.of(
                    PositionColumn.TYPE, MotionColumn.TYPE, HealthColumn.TYPE, TargetColumn.TYPE);
    private static final Composition TURRET =
            Composition.of(PositionColumn.TYPE, ParentColumn.TYPE, BatteryColumn.TYPE);

    private Bustle() {}

    static WorldState world(int ships) {
        WorldState world = WorldState.create(3, Parts.TYPES, true);
        for (int i = 0; i < ships; i++) {
            Motion motion = new Motion(i % 7, 1, -(i % 3), 0, 0, 0);
            world.create(
                    new Position(i, 0, -i),
                    motion,
                    new Parts.Health(100, (short) 1, (byte) 0, 'a'),
                    new Parts.Target(EntityId.NONE, 0));
        }
        world.apply();
        return world;
    }

    static Map<DerivedKey<?>, Supplier<?>> derived() {
        return Map.of(CENSUS, () -> new int[2]);
    }

    static List<RegisteredSystem> systems(int population) {
        return List.of(
                new RegisteredSystem("a", wander()),
                new RegisteredSystem("a", drift()),
                new RegisteredSystem("a", census()),
                new RegisteredSystem("b", shoot()),
                new RegisteredSystem("b", damage()),
                new RegisteredSystem("b", mark()),
                new RegisteredSystem("b", unmark()),
                new RegisteredSystem("c", populate(population)),
                new RegisteredSystem("c", board()));
    }

    private static SystemSpec wander() {
        return SystemSpec.of(
                        "wander",
                        Stage.DECIDE,
                        Access.reading(HealthColumn.TYPE).updating(MotionColumn.TYPE),
                        (rows, tick) -> {
                            MotionColumn motion = rows.update(MotionColumn.TYPE);
                            for (int i = rows.from(); i < rows.to(); i++) {
                                if (tick.random(rows.entityAt(i), 1) % 5 == 0) {
                                    motion.vx[i] = (float) tick.uniform(rows.entityAt(i), 2);
                                    motion.markRow(i);
                                }
                            }
                        })
                .every(2);
    }

    private static SystemSpec drift() {
        return SystemSpec.of(
                "drift",
                Stage.MOVE,
                Access.reading(MotionColumn.TYPE)
                        .writing(PositionColumn.TYPE)
                        .without(ParentColumn.TYPE),
                (rows, tick) -> {
                    MotionColumn motion = rows.read(MotionColumn.TYPE);
                    PositionColumn position = rows.write(PositionColumn.TYPE);
                    double dt = tick.dt();
                    for (int i = rows.from(); i < rows.to(); i++) {
                        position.x[i] += motion.vx[i] * dt;
                        position.y[i] += motion.vy[i] * dt;
                        position.z[i] += motion.vz[i] * dt;
                    }
                });
    }

    private static SystemSpec census() {
        return SystemSpec.exclusive(
                "census",
                Stage.SENSE,
                Access.reading(HealthColumn.TYPE).building(CENSUS),
                (sweep, tick) -> {
                    int[] census = sweep.derived(CENSUS);
                    census[0] = 0;
                    for (int t = 0; t < sweep.tables(); t++) {
                        census[0] += sweep.rows(t).to() - sweep.rows(t).from();
                    }
                });
    }

    private static SystemSpec shoot() {
        return SystemSpec.of(
                "shoot",
                Stage.ACT,
                Access.reading(PositionColumn.TYPE, HealthColumn.TYPE)
                        .optionallyUpdating(TargetColumn.TYPE)
                        .lookingUp(PositionColumn.TYPE)
                        .emitting(HitColumn.TYPE),
                Bustle::shoot);
    }

    private static void shoot(Rows rows, Tick tick) {
        PositionColumn position = rows.read(PositionColumn.TYPE);
        TargetColumn target = rows.optionalUpdate(TargetColumn.TYPE);
        if (target == null) {
            return;
        }
        Lookup lookup = rows.lookup();
        for (int i = rows.from(); i < rows.to(); i++) {
            long id = rows.entityAt(i);
            if (tick.random(id, 3) % 3 == 0) {
                int other =
                        rows.from()
                                + (int) ((tick.random(id, 4) >>> 1) % (rows.to() - rows.from()));
                target.id[i] = rows.entityAt(other);
                target.since[i] = tick.number();
                target.markRow(i);
            }
            long at = lookup.locate(target.id[i]);
            PositionColumn there = lookup.column(PositionColumn.TYPE, at);
            if (there != null && there.x[Lookup.row(at)] > position.x[i]) {
                Effects<HitColumn> hits = rows.effects(HitColumn.TYPE);
                int hit = hits.add();
                hits.column().target[hit] = target.id[i];
                hits.column().points[hit] = 1 + (int) (id % 9);
            }
        }
    }

    private static SystemSpec damage() {
        return SystemSpec.exclusive(
                "damage",
                Stage.RESOLVE,
                Access.none().optionallyUpdating(HealthColumn.TYPE).consuming(HitColumn.TYPE),
                Bustle::damage);
    }

    private static void damage(Sweep sweep, Tick tick) {
        Effects<HitColumn> hits = sweep.consume(HitColumn.TYPE);
        Lookup lookup = sweep.lookup();
        for (int i = 0; i < hits.size(); i++) {
            long at = lookup.locate(hits.column().target[i]);
            HealthColumn health = sweep.update(HealthColumn.TYPE, at);
            if (health == null) {
                continue;
            }
            int row = Lookup.row(at);
            // Order shows in the result: armour depends on what came before.
            health.points[row] -= hits.column().points[i] + (health.armour[row] & 3);
            health.armour[row] = (short) (health.armour[row] * 31 + hits.column().points[i]);
            health.markRow(row);
            if (health.points[row] <= 0) {
                sweep.commands().destroy(hits.column().target[i]);
            }
        }
    }

    private static SystemSpec mark() {
        return SystemSpec.of(
                "mark",
                Stage.UPKEEP,
                Access.reading(HealthColumn.TYPE)
                        .without(MarkerColumn.TYPE)
                        .spawning(MarkerColumn.TYPE, LabelColumn.TYPE),
                (rows, tick) -> {
                    for (int i = rows.from(); i < rows.to(); i++) {
                        long id = rows.entityAt(i);
                        long dice = tick.random(id, 5) & 63;
                        if (dice == 0) {
                            rows.commands().add(id, MarkerColumn.TYPE);
                        } else if (dice == 1) {
                            int row = rows.commands().add(id, LabelColumn.TYPE);
                            rows.commands().column(LabelColumn.TYPE).mood[row] = 2;
                        }
                    }
                });
    }

    private static SystemSpec unmark() {
        return SystemSpec.of(
                "unmark",
                Stage.UPKEEP,
                Access.reading(MarkerColumn.TYPE).spawning(MarkerColumn.TYPE, LabelColumn.TYPE),
                (rows, tick) -> {
                    for (int i = rows.from(); i < rows.to(); i++) {
                        long id = rows.entityAt(i);
                        if ((tick.random(id, 6) & 7) == 0) {
                            rows.commands().remove(id, MarkerColumn.TYPE);
                            rows.commands().remove(id, LabelColumn.TYPE);
                        }
                    }
                });
    }

    private static SystemSpec populate(int population) {
        Access access =
                Access.reading(HealthColumn.TYPE)
                        .using(CENSUS)
                        .spawning(
                                PositionColumn.TYPE,
                                MotionColumn.TYPE,
                                HealthColumn.TYPE,
                                TargetColumn.TYPE,
                                ParentColumn.TYPE,
                                BatteryColumn.TYPE);
        return SystemSpec.exclusive(
                "populate",
                Stage.UPKEEP,
                access,
                (sweep, tick) -> {
                    for (int n = sweep.derived(CENSUS)[0]; n < population; n++) {
                        spawn(sweep.commands(), tick, n);
                    }
                });
    }

    private static void spawn(Commands commands, Tick tick, int n) {
        // The turret comes first, so that its parent isn't there yet when it is linked.
        int turret = commands.spawn(TURRET);
        int ship = commands.spawn(SHIP);
        long shipId = commands.provisionalId(SHIP, ship);
        commands.column(TURRET, ParentColumn.TYPE).id[turret] = shipId;
        commands.column(TURRET, ParentColumn.TYPE).x[turret] = 2;
        commands.column(TURRET, BatteryColumn.TYPE).links[turret * 2] = shipId;
        commands.column(SHIP, HealthColumn.TYPE).points[ship] = 40 + n % 50;
        commands.column(SHIP, PositionColumn.TYPE).x[ship] = tick.uniform(n, 7) * 100;
        commands.column(SHIP, MotionColumn.TYPE).vy[ship] = (float) tick.uniform(n, 8);
    }

    /** Moves some turrets to other ships, by writing their parent. */
    private static SystemSpec board() {
        return SystemSpec.of(
                "board",
                Stage.UPKEEP,
                Access.reading(BatteryColumn.TYPE).updating(ParentColumn.TYPE),
                (rows, tick) -> {
                    ParentColumn parents = rows.update(ParentColumn.TYPE);
                    for (int i = rows.from(); i < rows.to(); i++) {
                        if ((tick.random(rows.entityAt(i), 9) & 31) == 0) {
                            int size = rows.to() - rows.from();
                            int other = (int) ((tick.random(rows.entityAt(i), 10) >>> 1) % size);
                            parents.id[i] = parents.id[rows.from() + other];
                            parents.markRow(i);
                        }
                    }
                });
    }
}
