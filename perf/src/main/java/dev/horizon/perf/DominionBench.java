package dev.horizon.perf;

import dev.dominion.ecs.api.Dominion;
import dev.dominion.ecs.api.Entity;
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

/** The same jobs with components held as objects in Dominion, as its documentation does it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DominionBench {
    /** A place. */
    private static final class Place {
        double x;
        double y;
        double z;
    }

    /** A speed. */
    private static final class Speed {
        double x;
        double y;
        double z;
    }

    /** Something to add. */
    private static final class Extra {
        float power;
    }

    static {
        System.setProperty("dominion.show-banner", "false");
    }

    private final Dominion dominion = Dominion.create("perf");
    private final Entity[] entities = new Entity[HorizonBench.ENTITIES];
    private final Entity[] created = new Entity[HorizonBench.ENTITIES];

    /** Fills it. */
    @Setup(Level.Trial)
    public void setUp() {
        long[] order = new long[entities.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        HorizonBench.shuffle(order);
        for (int i = 0; i < entities.length; i++) {
            Speed speed = new Speed();
            speed.x = i;
            speed.y = 1;
            speed.z = -i;
            entities[(int) order[i]] = dominion.createEntity(new Place(), speed);
        }
    }

    /** Frees it. */
    @TearDown(Level.Trial)
    public void tearDown() {
        dominion.close();
    }

    /** Moves all. */
    @Benchmark
    public Dominion iterate() {
        for (var found : dominion.findEntitiesWith(Place.class, Speed.class)) {
            Place place = found.comp1();
            Speed speed = found.comp2();
            place.x += speed.x * HorizonBench.DT;
            place.y += speed.y * HorizonBench.DT;
            place.z += speed.z * HorizonBench.DT;
        }
        return dominion;
    }

    /** Adds a component to all and removes it again. */
    @Benchmark
    public Dominion addRemove() {
        for (Entity entity : entities) {
            Extra extra = new Extra();
            extra.power = 1;
            entity.add(extra);
        }
        for (Entity entity : entities) {
            entity.removeType(Extra.class);
        }
        return dominion;
    }

    /** Creates as many again and deletes them. */
    @Benchmark
    public Dominion createDelete() {
        for (int i = 0; i < created.length; i++) {
            Place place = new Place();
            place.x = i;
            created[i] = dominion.createEntity(place, new Speed());
        }
        for (Entity entity : created) {
            dominion.deleteEntity(entity);
        }
        return dominion;
    }

    /** Reads a field of all, by handle, in random order. */
    @Benchmark
    public double get() {
        double sum = 0;
        for (Entity entity : entities) {
            sum += entity.get(Place.class).x;
        }
        return sum;
    }
}
