package dev.horizon.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.HorizonWorldException;
import dev.horizon.engine.world.Length;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.MaxLength;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.Position;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Snapshots and entity images: across builds, and when they are damaged. */
class StoredFormTest {
    enum Before {
        RED,
        GREEN,
        BLUE
    }

    enum Now {
        BLUE,
        RED,
        BLACK
    }

    /** As an older build had it. */
    @Component("Thing")
    record ThingBefore(
            int gone, double kept, Before colour, @MaxLength(8) String text, @Length(2) int[] n) {}

    /** As this build has it. */
    @Component("Thing")
    record ThingNow(
            @Length(3) int[] n, Now colour, long added, @MaxLength(4) String text, double kept) {}

    /** A field of another kind. */
    @Component("Thing")
    record ThingWrong(float kept) {}

    @Test
    void shouldReadASnapshotOfABuildWithOtherFields() {
        byte[] snapshot;
        EntityId id;
        try (WorldState world = WorldState.create(1, List.of(ThingBeforeColumn.TYPE))) {
            id = world.create(new ThingBefore(1, 2.5, Before.BLUE, "sixsix", new int[] {7, 8}));
            world.create(new ThingBefore(1, 3.5, Before.GREEN, "abc", new int[] {9, 10}));
            world.apply();
            snapshot = WorldSnapshot.write(world);
        }
        try (WorldState world = WorldSnapshot.read(snapshot, List.of(ThingNowColumn.TYPE))) {
            ThingNow thing = world.read(id, ThingNow.class);
            assertThat(thing).isNotNull();
            assertThat(thing.n()).containsExactly(7, 8, 0);
            assertThat(thing.colour()).isEqualTo(Now.BLUE);
            assertThat(thing.added()).isZero();
            assertThat(thing.text()).isEqualTo("sixs");
            assertThat(thing.kept()).isEqualTo(2.5);
        }
        assertCode(
                "HZ-WLD-006", () -> WorldSnapshot.read(snapshot, List.of(ThingWrongColumn.TYPE)));
        assertCode("HZ-WLD-007", () -> WorldSnapshot.read(snapshot, List.of()));
    }

    @Test
    void shouldKeepTheIdCounterAndPendingOrder() {
        try (WorldState world = WorldState.create(1, Parts.TYPES)) {
            world.create(new Parts.Marker());
            assertThatThrownBy(() -> WorldSnapshot.write(world))
                    .isInstanceOf(HorizonWorldException.class)
                    .hasMessageContaining("apply");
            world.apply();
            try (WorldState copy = WorldSnapshot.read(WorldSnapshot.write(world), Parts.TYPES)) {
                assertThat(copy.create(new Parts.Marker()))
                        .isEqualTo(world.create(new Parts.Marker()));
            }
        }
    }

    @Test
    void shouldRefuseADamagedSnapshotWithACode() {
        byte[] snapshot;
        try (WorldState world = smallWorld()) {
            snapshot = WorldSnapshot.write(world);
        }
        for (int length = 0; length < snapshot.length; length++) {
            byte[] cut = Arrays.copyOf(snapshot, length);
            assertThatThrownBy(() -> WorldSnapshot.read(cut, Parts.TYPES))
                    .isInstanceOf(HorizonException.class);
        }
        long seed = 8;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2000; i++) {
            byte[] bent = snapshot.clone();
            bent[random.nextInt(bent.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                WorldSnapshot.read(bent, Parts.TYPES).close();
            } catch (HorizonException | IllegalArgumentException refused) {
                assertThat(refused).as("seed %d", seed).hasMessageNotContaining("null");
            }
        }
    }

    @Test
    void shouldImageAnEntityWithAllThatRidesInIt() {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        try (WorldState world = smallWorld();
                WorldState other = WorldState.create(2, Parts.TYPES)) {
            EntityId ship = EntityId.of(1, 1);
            int length = EntityImage.write(world, ship, buffer, 5);

            EntityId copy = EntityImage.create(other, buffer, 5, length);
            other.apply();
            assertThat(other.entities()).isEqualTo(3);
            assertThat(copy.block()).isEqualTo(2);
            assertThat(other.read(copy, Position.class)).isEqualTo(new Position(1, 2, 3));
            long crew = other.lookup().firstChild(copy.value());
            Parts.Target target = other.read(new EntityId(crew), Parts.Target.class);
            assertThat(target).isNotNull();
            assertThat(target.id()).as("inside the image").isEqualTo(copy);
            long pet = other.lookup().firstChild(crew);
            Parts.Target outside = other.read(new EntityId(pet), Parts.Target.class);
            assertThat(outside).isNotNull();
            assertThat(outside.id()).as("outside the image").isEqualTo(EntityId.of(1, 4));

            EntityId kept = EntityImage.createKeepingIds(other, buffer, 5, length);
            other.apply();
            assertThat(kept).isEqualTo(ship);
            assertThat(other.lookup().locate(ship.value())).isNotEqualTo(Lookup.NOWHERE);
            assertThatThrownBy(() -> EntityImage.createKeepingIds(other, buffer, 5, length))
                    .hasMessageContaining("exists here already");
        }
    }

    @Test
    void shouldLeaveOutOfAnImageWhatThisBuildDoesNotKnow() {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        try (WorldState world = smallWorld();
                WorldState other = WorldState.create(2, List.of())) {
            int length = EntityImage.write(world, EntityId.of(1, 1), buffer, 0);
            EntityId copy = EntityImage.create(other, buffer, 0, length);
            other.apply();
            assertThat(other.read(copy, Position.class)).isEqualTo(new Position(1, 2, 3));
            assertThat(other.entities()).isEqualTo(3);
            for (int cut = 0; cut < length; cut++) {
                UnsafeBuffer part = new UnsafeBuffer(buffer, 0, cut);
                int bytes = cut;
                assertCode("HZ-WLD-005", () -> EntityImage.create(other, part, 0, bytes));
            }
            assertThat(other.hasPendingChanges()).isFalse();
        }
    }

    @Test
    void shouldImageEntitiesOnceComponentsWereReplaced() {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        try (WorldState world = WorldState.create(1, List.of(TargetColumn.TYPE));
                WorldState other = WorldState.create(2, List.of())) {
            EntityId ship = world.create(new Position(1, 2, 3), new Parts.Target(EntityId.NONE, 5));
            world.apply();
            EntityImage.write(world, ship, buffer, 0);
            world.adopt(Parts.TYPES);
            other.adopt(Parts.TYPES);
            world.write(ship, new Parts.Label("Rex", Parts.Mood.FURIOUS));
            world.apply();
            int length = EntityImage.write(world, ship, buffer, 0);
            EntityImage.createWhole(other, buffer, 0, length);
            other.apply();
            assertThat(other.read(ship, Parts.Label.class))
                    .isEqualTo(new Parts.Label("Rex", Parts.Mood.FURIOUS));
            assertThat(other.read(ship, Parts.Target.class))
                    .isEqualTo(new Parts.Target(EntityId.NONE, 5));
        }
    }

    private static WorldState smallWorld() {
        WorldState world = WorldState.create(1, Parts.TYPES);
        EntityId ship = world.create(new Position(1, 2, 3), new Parts.Marker());
        EntityId crew = world.create(new Parent(ship, 1, 0, 0), new Parts.Target(ship, 5));
        final EntityId stranger = EntityId.of(1, 4);
        world.create(
                new Parent(crew, 0, 1, 0),
                new Parts.Label("Rex", Parts.Mood.FURIOUS),
                new Parts.Target(stranger, 6));
        world.create(new Position(9, 9, 9));
        world.apply();
        return world;
    }

    private static void assertCode(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
