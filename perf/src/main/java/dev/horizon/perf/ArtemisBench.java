package dev.horizon.perf;

import com.artemis.Aspect;
import com.artemis.Component;
import com.artemis.ComponentMapper;
import com.artemis.World;
import com.artemis.WorldConfigurationBuilder;
import com.artemis.systems.IteratingSystem;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The same jobs in artemis-odb, as its documentation does it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ArtemisBench {
    /** A place. */
    public static final class Place extends Component {
        double x;
        double y;
        double z;
    }

    /** A speed. */
    public static final class Speed extends Component {
        double x;
        double y;
        double z;
    }

    /** Something to add. */
    public static final class Extra extends Component {
        float power;
    }

    /** Moves what has a place and a speed. Artemis sets the mappers. */
    public static final class Mover extends IteratingSystem {
        @Nullable ComponentMapper<Place> places;
        @Nullable ComponentMapper<Speed> speeds;

        /** For entities with both. */
        public Mover() {
            super(Aspect.all(Place.class, Speed.class));
        }

        @Override
        @SuppressWarnings("NullAway")
        protected void process(int entity) {
            Place place = places.get(entity);
            Speed speed = speeds.get(entity);
            place.x += speed.x * HorizonBench.DT;
            place.y += speed.y * HorizonBench.DT;
            place.z += speed.z * HorizonBench.DT;
        }
    }

    private final Mover mover = new Mover();
    private final World world = new World(new WorldConfigurationBuilder().with(mover).build());
    private final ComponentMapper<Place> places = world.getMapper(Place.class);
    private final ComponentMapper<Speed> speeds = world.getMapper(Speed.class);
    private final ComponentMapper<Extra> extras = world.getMapper(Extra.class);
    private final int[] entities = new int[HorizonBench.ENTITIES];
    private final int[] created = new int[HorizonBench.ENTITIES];

    /** Fills it. */
    @Setup(Level.Trial)
    public void setUp() {
        long[] order = new long[entities.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        HorizonBench.shuffle(order);
        for (int i = 0; i < entities.length; i++) {
            int entity = world.create();
            places.create(entity);
            Speed speed = speeds.create(entity);
            speed.x = i;
            speed.y = 1;
            speed.z = -i;
            entities[(int) order[i]] = entity;
        }
        world.process();
    }

    /** Lets it go. */
    @TearDown(Level.Trial)
    public void tearDown() {
        world.dispose();
    }

    /** Moves all. */
    @Benchmark
    public World iterate() {
        world.process();
        return world;
    }

    /** Adds a component to all and removes it again. */
    @Benchmark
    public World addRemove() {
        mover.setEnabled(false);
        for (int entity : entities) {
            extras.create(entity).power = 1;
        }
        world.process();
        for (int entity : entities) {
            extras.remove(entity);
        }
        world.process();
        return world;
    }

    /** Creates as many again and deletes them. */
    @Benchmark
    public World createDelete() {
        mover.setEnabled(false);
        for (int i = 0; i < created.length; i++) {
            int entity = world.create();
            places.create(entity).x = i;
            speeds.create(entity);
            created[i] = entity;
        }
        world.process();
        for (int entity : created) {
            world.delete(entity);
        }
        world.process();
        return world;
    }

    /** Reads a field of all, by id, in random order. */
    @Benchmark
    public double get() {
        double sum = 0;
        for (int entity : entities) {
            sum += places.get(entity).x;
        }
        return sum;
    }
}
