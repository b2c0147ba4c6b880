package dev.horizon.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Lookup;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random structural changes, compared with plain maps after every apply. */
class WorldPropertyTest {
    private static final int ROUNDS = 40;
    private static final int CHANGES = 40;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldHoldWhatPlainMapsHoldAfterAnyChanges(long seed) {
        Generator generator = new Generator(seed);
        NaiveWorld naive = new NaiveWorld();
        WorldState world = WorldState.create(7, Parts.TYPES, true);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                List<EntityId> known = naive.alive();
                for (int i = 0; i < CHANGES; i++) {
                    change(generator, known, world, naive);
                    // One change per apply: the order within a batch is another test's.
                    world.apply();
                }
                world.stamp(round + 1);
                assertSame("seed " + seed + " round " + round, world, naive);
                if (round % 10 == 9) {
                    world = restored(world);
                    assertSame("seed " + seed + " restored in " + round, world, naive);
                }
            }
            assertThat(naive.entities.size()).isGreaterThan(10);
        } finally {
            world.close();
        }
    }

    private static void change(
            Generator generator, List<EntityId> known, WorldState world, NaiveWorld naive) {
        EntityId id = generator.oneOf(known);
        switch (generator.below(7)) {
            case 0, 1, 2 -> {
                List<Record> components = new ArrayList<>();
                for (Class<? extends Record> type : Generator.CLASSES) {
                    if (generator.oneIn(3)) {
                        components.add(generator.component(type, known));
                    }
                }
                Record[] given = components.toArray(Record[]::new);
                EntityId created = world.create(given);
                naive.create(created, given);
                known.add(created);
            }
            case 3, 4 -> {
                Record component = generator.component(generator.componentClass(), known);
                world.write(id, component);
                naive.set(id, component);
            }
            case 5 -> {
                Class<? extends Record> type = generator.componentClass();
                world.remove(id, type);
                naive.remove(id, type);
            }
            default -> {
                world.destroy(id);
                naive.destroy(id);
            }
        }
    }

    private static WorldState restored(WorldState world) {
        byte[] snapshot = WorldSnapshot.write(world);
        WorldState copy = WorldSnapshot.read(snapshot, Parts.TYPES);
        assertThat(copy.hash()).isEqualTo(world.hash());
        assertThat(WorldSnapshot.write(copy)).isEqualTo(snapshot);
        world.close();
        return copy;
    }

    private static void assertSame(String where, WorldState world, NaiveWorld naive) {
        assertThat(world.entities()).as(where).isEqualTo(naive.entities.size());
        assertThat(world.hash()).as(where).isEqualTo(world.fullHash());
        assertThat(world.unmarkedWrite()).as(where).isNull();
        Lookup lookup = world.lookup();
        for (EntityId id : naive.alive()) {
            long location = lookup.locate(id.value());
            assertThat(lookup.entityAt(location)).as(where).isEqualTo(id.value());
            for (Class<? extends Record> type : Generator.CLASSES) {
                Record expected = naive.entities.get(id).get(type);
                assertThat((Object) world.read(id, type)).as(where).isEqualTo(expected);
            }
            assertThat(riders(lookup, id)).as(where).isEqualTo(naive.riders(id));
        }
        int rows = 0;
        for (int i = 0; i < world.tableCount(); i++) {
            rows += world.table(i).size();
            for (Column<?> column : world.table(i).columns()) {
                assertThat(column.capacity()).isEqualTo(world.table(i).capacity());
            }
        }
        assertThat(rows).as(where).isEqualTo(naive.entities.size());
    }

    private static List<EntityId> riders(Lookup lookup, EntityId carrier) {
        List<EntityId> riders = new ArrayList<>();
        long at = lookup.firstChild(carrier.value());
        for (; at != 0; at = lookup.nextSibling(at)) {
            riders.add(new EntityId(at));
        }
        return riders;
    }
}
