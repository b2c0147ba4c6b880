package dev.horizon.perf;

import dev.horizon.engine.schedule.RegisteredSystem;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.schedule.SystemFaultListener;
import dev.horizon.engine.schedule.TickState;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.PositionColumn;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The same move as a system, run by the schedule on one thread, beside the raw loop. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DriverBench {
    private static final double DT = 0.05;
    private static final SystemFaultListener FAULTS =
            (system, tick, fault) -> {
                throw new IllegalStateException(system + " failed", fault);
            };

    /** Rows. */
    @Param({"10000", "100000", "1000000"})
    public int rows;

    private final TickState tick = new TickState(1, DT);
    private WorldState world = WorldState.create(1, List.of(VelocityColumn.TYPE));
    private Schedule schedule = Schedule.of(world, List.of(), Map.of(), 1);
    private PositionColumn position = new PositionColumn(0);
    private VelocityColumn velocity = new VelocityColumn(0);

    /** Fills a world and plain columns. */
    @Setup(Level.Trial)
    public void setUp() {
        for (int i = 0; i < rows; i++) {
            world.create(new Position(i, 0, 0), new Velocity(i, 1, -i));
        }
        world.apply();
        Access access = Access.reading(VelocityColumn.TYPE).writing(PositionColumn.TYPE);
        SystemSpec move =
                SystemSpec.of(
                        "move",
                        Stage.MOVE,
                        access,
                        (range, t) ->
                                Moves.move(
                                        range.write(PositionColumn.TYPE),
                                        range.read(VelocityColumn.TYPE),
                                        range.from(),
                                        range.to(),
                                        t.dt()));
        schedule.close();
        schedule = Schedule.of(world, List.of(new RegisteredSystem("perf", move)), Map.of(), 1);
        position = new PositionColumn(rows);
        velocity = new VelocityColumn(rows);
        for (int i = 0; i < rows; i++) {
            velocity.setRow(i, new Velocity(i, 1, -i));
        }
    }

    /** Frees the catalogue. */
    @TearDown(Level.Trial)
    public void tearDown() {
        schedule.close();
        world.close();
    }

    /** Through the schedule. */
    @Benchmark
    public WorldState driver() {
        tick.advance();
        schedule.run(tick, FAULTS);
        return world;
    }

    /** The same loop by hand. */
    @Benchmark
    public PositionColumn raw() {
        Moves.move(position, velocity, 0, rows, DT);
        return position;
    }
}
