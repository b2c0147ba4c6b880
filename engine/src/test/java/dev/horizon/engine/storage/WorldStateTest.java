package dev.horizon.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.HorizonWorldException;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.PositionColumn;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The world as handlers use it. */
class WorldStateTest {
    private final WorldState world = WorldState.create(5, Parts.TYPES);

    /** Shares its name with a component of the other tests. */
    @Component("Health")
    record Impostor(int points) {}

    /** Its name has the same wire id as that of the next. */
    @Component("Aa")
    record SameIdOne(int x) {}

    /** {@code "Aa".hashCode()} equals {@code "BB".hashCode()}. */
    @Component("BB")
    record SameIdTwo(int x) {}

    /** Registered by nobody. */
    @Component
    record Stranger(int x) {}

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void shouldShowAPendingEntityBeforeItHasARow() {
        EntityId id = world.create(new Position(1, 2, 3));
        assertThat(id).isEqualTo(EntityId.of(5, 1));
        assertThat(world.exists(id)).isTrue();
        assertThat(world.entities()).isZero();
        assertThat(world.read(id, Position.class)).isEqualTo(new Position(1, 2, 3));
        assertThat(world.read(id, Parts.Marker.class)).isNull();
        world.write(id, new Position(4, 5, 6));
        world.write(id, new Parts.Marker());
        world.remove(id, Position.class);
        assertThat(world.read(id, Position.class)).isNull();
        world.write(id, new Position(7, 8, 9));
        world.apply();
        assertThat(world.entities()).isEqualTo(1);
        assertThat(world.read(id, Position.class)).isEqualTo(new Position(7, 8, 9));
        assertThat(world.read(id, Parts.Marker.class)).isNotNull();
    }

    @Test
    void shouldNotCreateWhatWasDestroyedBeforeApply() {
        EntityId id = world.create(new Position(1, 2, 3));
        world.destroy(id);
        assertThat(world.exists(id)).isFalse();
        world.apply();
        assertThat(world.entities()).isZero();
        assertThat(world.create(new Parts.Marker())).isEqualTo(EntityId.of(5, 2));
    }

    @Test
    void shouldWriteAtOnceAndChangeStructureAtApply() {
        EntityId id = world.create(new Position(0, 0, 0));
        world.apply();
        world.write(id, new Position(1, 1, 1));
        PositionColumn positions = world.table(0).column(PositionColumn.TYPE);
        assertThat(positions).isNotNull();
        assertThat(positions.x[0]).isEqualTo(1);
        world.write(id, new Parts.Marker());
        assertThat(world.read(id, Parts.Marker.class)).isNotNull();
        assertThat(world.tableCount()).isEqualTo(1);
        world.remove(id, Position.class);
        assertThat(world.read(id, Position.class)).isNull();
        world.apply();
        assertThat(world.table(world.tableCount() - 1).composition().types())
                .containsExactly(MarkerColumn.TYPE);
    }

    @Test
    void shouldDestroyAllThatRidesAlong() {
        EntityId ship = world.create(new Position(0, 0, 0));
        EntityId crew = world.create(new Parent(ship, 1, 0, 0));
        EntityId pet = world.create(new Parent(crew, 0, 1, 0), new Parts.Marker());
        final EntityId other = world.create(new Position(1, 1, 1));
        world.apply();
        assertThat(world.lookup().firstChild(ship.value())).isEqualTo(crew.value());
        world.destroy(ship);
        assertThat(world.exists(pet)).isTrue();
        world.apply();
        assertThat(world.exists(ship)).isFalse();
        assertThat(world.exists(crew)).isFalse();
        assertThat(world.exists(pet)).isFalse();
        assertThat(world.exists(other)).isTrue();
    }

    @Test
    void shouldLinkAChildThatIsCreatedBeforeItsParent() {
        EntityId child = world.create(new Parts.Marker());
        EntityId parent = world.create(new Parts.Marker());
        world.write(child, new Parent(parent, 0, 0, 0));
        world.apply();
        assertThat(world.lookup().firstChild(parent.value())).isEqualTo(child.value());
    }

    @Test
    void shouldFindTheSingletonAgain() {
        EntityId id = world.singleton(new Parts.Health(3, (short) 0, (byte) 0, 'x'));
        assertThat(world.singleton(new Parts.Health(9, (short) 0, (byte) 0, 'x'))).isEqualTo(id);
        world.apply();
        assertThat(world.singleton(new Parts.Health(9, (short) 0, (byte) 0, 'x'))).isEqualTo(id);
        Parts.Health health = world.read(id, Parts.Health.class);
        assertThat(health).isNotNull();
        assertThat(health.points()).isEqualTo(3);
    }

    @Test
    void shouldVisitInTableAndRowOrder() {
        EntityId a = world.create(new Position(0, 0, 0));
        final EntityId b = world.create(new Position(0, 0, 0), new Parts.Marker());
        final EntityId c = world.create(new Position(0, 0, 0));
        world.create(new Parts.Marker());
        world.apply();
        List<EntityId> seen = new ArrayList<>();
        world.forEach(Position.class, seen::add);
        assertThat(seen).containsExactly(a, c, b);
    }

    @Test
    void shouldIgnoreChangesToWhatIsGone() {
        EntityId id = world.create(new Parts.Marker());
        world.apply();
        world.destroy(id);
        world.apply();
        long hash = world.hash();
        world.write(id, new Position(1, 1, 1));
        world.remove(id, Parts.Marker.class);
        world.destroy(id);
        world.apply();
        assertThat(world.hash()).isEqualTo(hash);
        assertThat(world.read(id, Parts.Marker.class)).isNull();
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        assertThatThrownBy(() -> world.create(new Stranger(1)))
                .isInstanceOf(HorizonWorldException.class)
                .hasMessageContaining("Stranger")
                .hasMessageContaining("Registrar.components");
        assertThatThrownBy(() -> world.create(new Parts.Marker(), new Parts.Marker()))
                .isInstanceOf(HorizonWorldException.class)
                .hasMessageContaining("Marker")
                .hasMessageContaining("twice");
        Parts.Label tooLong = new Parts.Label("x".repeat(13), Parts.Mood.CALM);
        assertThatThrownBy(() -> world.create(tooLong)).hasMessageContaining("Label.text");
        assertThat(world.idCounter()).isZero();
    }

    @Test
    void shouldRefuseComponentsWhoseNamesOrWireIdsMeet() {
        assertThatThrownBy(
                        () -> WorldState.create(1, List.of(HealthColumn.TYPE, ImpostorColumn.TYPE)))
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo("HZ-WLD-001"))
                .hasMessageContaining("Impostor");
        assertThatThrownBy(() ->
                        WorldState.create(1, List.of(SameIdOneColumn.TYPE, SameIdTwoColumn.TYPE)))
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo("HZ-WLD-002"));
    }

    @Test
    void shouldRefuseUseWhileSystemsRun() {
        world.systemsRun(true);
        assertThatThrownBy(() -> world.create(new Parts.Marker()))
                .isInstanceOf(HorizonWorldException.class)
                .hasMessageContaining("inside a system");
        world.systemsRun(false);
        world.create(new Parts.Marker());
    }
}
