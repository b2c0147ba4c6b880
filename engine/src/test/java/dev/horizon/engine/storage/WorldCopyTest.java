package dev.horizon.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of a world that goes on, compared with the world as it was. */
class WorldCopyTest {
    private static final int SNAPSHOTS = 25;
    private static final int BYTES_PER_TICK = 60_000;

    /** Few, so that tables fill ranges; the rest comes by components given and taken away. */
    private static final List<List<Class<? extends Record>>> COMPOSITIONS =
            List.of(
                    List.of(Position.class, Motion.class, Parts.Health.class),
                    List.of(Position.class, Parts.Label.class),
                    List.of(Parent.class, Parts.Target.class),
                    List.of(Parts.Marker.class));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldHoldTheWorldAsItWasWhenItWasTaken(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Generator generator = new Generator(seed);
        List<EntityId> known = new ArrayList<>();
        try (WorldState world = WorldState.create(1, Parts.TYPES)) {
            WorldCopy copy = new WorldCopy(world);
            int tick = 0;
            for (int snapshot = 0; snapshot < SNAPSHOTS; snapshot++) {
                String where = "seed " + seed + ", snapshot " + snapshot;
                copy.begin();
                boolean isReady = false;
                while (!isReady) {
                    copy.makeRoom();
                    isReady = copy.advance(BYTES_PER_TICK) && copy.startTaking();
                    if (!isReady) {
                        change(world, known, generator, random);
                        world.stamp(++tick);
                    }
                }
                for (int unit = 0; unit < copy.units(); unit++) {
                    copy.copy(unit);
                }
                copy.taken(world.hash());
                final byte[] then = WorldSnapshot.write(world);
                final long thenHash = world.hash();
                final long thenBytes = WorldSnapshot.liveBytes(world);
                change(world, known, generator, random);
                world.stamp(++tick);

                byte[] written = written(copy);
                assertThat(written).as(where).isEqualTo(then);
                assertThat(copy.liveBytes()).as(where).isEqualTo(thenBytes);
                copy.release();
                try (WorldState restored = WorldSnapshot.read(written, Parts.TYPES)) {
                    assertThat(restored.hash()).as(where).isEqualTo(thenHash);
                }
            }
            assertThat(world.entities()).as("seed %d", seed).isGreaterThan(1_000);
        }
    }

    private static byte[] written(WorldCopy copy) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        int[] length = {0};
        copy.write((from, offset, count) -> {
            buffer.putBytes(length[0], from, offset, count);
            length[0] += count;
        });
        byte[] bytes = new byte[length[0]];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    /** A tick's worth of everything that can happen. */
    private static void change(
            WorldState world, List<EntityId> known, Generator generator, SplittableRandom random) {
        for (int i = 0; i < 120; i++) {
            int what = random.nextInt(40);
            if (known.isEmpty() || what < 24) {
                List<Record> components = new ArrayList<>();
                for (Class<? extends Record> type :
                        COMPOSITIONS.get(random.nextInt(COMPOSITIONS.size()))) {
                    components.add(generator.component(type, known));
                }
                known.add(world.create(components.toArray(Record[]::new)));
                continue;
            }
            EntityId id = known.get(random.nextInt(known.size()));
            switch (what) {
                case 24 -> world.write(id, generator.component(generator.componentClass(), known));
                case 25 -> world.remove(id, generator.componentClass());
                case 26, 27, 28, 29, 30, 31, 32, 33, 34 -> {
                    if (world.read(id, Position.class) != null) {
                        world.write(id, generator.component(Position.class, known));
                    }
                }
                default -> {
                    world.destroy(id);
                    known.remove(id);
                }
            }
        }
        world.apply();
    }
}
