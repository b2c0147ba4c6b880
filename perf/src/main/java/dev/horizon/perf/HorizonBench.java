package dev.horizon.perf;

import dev.horizon.engine.schedule.RegisteredSystem;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.schedule.SystemFaultListener;
import dev.horizon.engine.schedule.TickState;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Commands;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.Composition;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.PositionColumn;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What rivals are compared with: 10,000 entities, through systems and their commands. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HorizonBench {
    static final int ENTITIES = 10_000;
    static final double DT = 0.05;
    static final long SEED = 42;

    private static final Composition MOVING =
            Composition.of(PositionColumn.TYPE, VelocityColumn.TYPE);
    private static final SystemFaultListener FAULTS =
            (system, tick, fault) -> {
                throw new IllegalStateException(system + " failed", fault);
            };

    /** What the one system does to each row in the next tick. */
    private enum Job {
        MOVE,
        ADD,
        REMOVE,
        SPAWN,
        DESTROY
    }

    private final TickState tick = new TickState(1, DT);
    private final long[] ids = new long[ENTITIES];
    private final WorldState world =
            WorldState.create(1, List.of(VelocityColumn.TYPE, BoostColumn.TYPE));
    private final Schedule schedule =
            Schedule.of(world, List.of(new RegisteredSystem("perf", system())), Map.of(), 1);
    private Job job = Job.MOVE;

    private SystemSpec system() {
        Access access =
                Access.reading(VelocityColumn.TYPE)
                        .writing(PositionColumn.TYPE)
                        .spawning(PositionColumn.TYPE, VelocityColumn.TYPE, BoostColumn.TYPE);
        return SystemSpec.of("job", Stage.MOVE, access, (rows, t) -> work(rows, t.dt()));
    }

    private void work(Rows rows, double dt) {
        Commands commands = rows.commands();
        switch (job) {
            case MOVE ->
                    Moves.move(
                            rows.write(PositionColumn.TYPE),
                            rows.read(VelocityColumn.TYPE),
                            rows.from(),
                            rows.to(),
                            dt);
            case ADD -> {
                for (int i = rows.from(); i < rows.to(); i++) {
                    int row = commands.add(rows.entityAt(i), BoostColumn.TYPE);
                    commands.column(BoostColumn.TYPE).power[row] = i;
                }
            }
            case REMOVE -> {
                for (int i = rows.from(); i < rows.to(); i++) {
                    commands.remove(rows.entityAt(i), BoostColumn.TYPE);
                }
            }
            case SPAWN -> {
                for (int i = rows.from(); i < rows.to(); i++) {
                    int row = commands.spawn(MOVING);
                    commands.column(MOVING, PositionColumn.TYPE).x[row] = i;
                }
            }
            case DESTROY -> {
                for (int i = rows.from(); i < rows.to(); i++) {
                    if (EntityId.of(1, 0).value() + ENTITIES < rows.entityAt(i)) {
                        commands.destroy(rows.entityAt(i));
                    }
                }
            }
        }
    }

    /** Fills the world. */
    @Setup(Level.Trial)
    public void setUp() {
        for (int i = 0; i < ENTITIES; i++) {
            ids[i] = world.create(new Position(i, 0, 0), new Velocity(i, 1, -i)).value();
        }
        world.apply();
        shuffle(ids);
    }

    static void shuffle(long[] values) {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = values.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            long value = values[i];
            values[i] = values[other];
            values[other] = value;
        }
    }

    /** Frees the catalogue. */
    @TearDown(Level.Trial)
    public void tearDown() {
        schedule.close();
        world.close();
    }

    private void run(Job next) {
        job = next;
        tick.advance();
        schedule.run(tick, FAULTS);
        world.apply();
    }

    /** Moves all. */
    @Benchmark
    public WorldState iterate() {
        job = Job.MOVE;
        tick.advance();
        schedule.run(tick, FAULTS);
        return world;
    }

    /** Adds a component to all and removes it again. */
    @Benchmark
    public WorldState addRemove() {
        run(Job.ADD);
        run(Job.REMOVE);
        return world;
    }

    /** Creates as many again and deletes them. */
    @Benchmark
    public WorldState createDelete() {
        run(Job.SPAWN);
        run(Job.DESTROY);
        return world;
    }

    /** Reads a field of all, by id, in random order. */
    @Benchmark
    public double get() {
        Lookup lookup = world.lookup();
        double sum = 0;
        for (long id : ids) {
            long at = lookup.locate(id);
            PositionColumn position = lookup.column(PositionColumn.TYPE, at);
            if (position != null) {
                sum += position.x[Lookup.row(at)];
            }
        }
        return sum;
    }
}
