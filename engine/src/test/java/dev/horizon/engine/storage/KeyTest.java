package dev.horizon.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.HorizonWorldException;
import dev.horizon.engine.world.Key;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.OwnerColumn;
import dev.horizon.engine.world.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is found by key is what a look at every row finds. */
class KeyTest {
    private static final int PLAYERS = 40;

    private final WorldState world =
            WorldState.create(1, List.of(MooredColumn.TYPE, Parts.TYPES.getFirst()));

    /** Lies at another entity. */
    @Component
    record Moored(@Key EntityId at) {}

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void shouldFindWhatALookAtEveryRowFinds() {
        Random random = new Random(20_261_129);
        List<EntityId> all = new ArrayList<>();
        for (int round = 0; round < 600; round++) {
            for (int i = random.nextInt(12); i > 0; i--) {
                Owner owner = new Owner(random.nextInt(PLAYERS));
                all.add(
                        random.nextBoolean()
                                ? world.create(owner)
                                : world.create(owner, new Position(i, 0, 0)));
            }
            for (int i = random.nextInt(10); i > 0 && !all.isEmpty(); i--) {
                EntityId one = all.get(random.nextInt(all.size()));
                switch (random.nextInt(4)) {
                    case 0 -> world.destroy(one);
                    case 1 -> world.write(one, new Owner(random.nextInt(PLAYERS)));
                    case 2 -> world.remove(one, Owner.class);
                    default -> world.write(one, new Position(0, i, 0));
                }
            }
            if (random.nextInt(3) == 0) {
                writeAsSystemsDo(random);
            }
            if (random.nextBoolean()) {
                world.apply();
            }
            compare(random.nextInt(PLAYERS));
        }
        for (int player = 0; player <= PLAYERS; player++) {
            compare(player);
        }
        assertThat(world.entities()).isGreaterThan(500);
    }

    @Test
    void shouldFindByEntity() {
        EntityId port = world.create(new Position(0, 0, 0));
        EntityId boat = world.create(new Moored(port));
        EntityId another = world.create(new Moored(boat));
        assertThat(world.find(Moored.class, port.value())).isNull();
        world.apply();
        assertThat(world.find(Moored.class, port.value())).isEqualTo(boat);
        world.write(another, new Moored(port));
        List<EntityId> found = new ArrayList<>();
        world.forEach(Moored.class, port.value(), found::add);
        assertThat(found).containsExactly(boat, another);
        assertThat(world.find(Moored.class, boat.value())).isNull();
        assertThat(world.find(Moored.class, port.value(), Position.class)).isNull();
        world.write(another, new Position(1, 1, 1));
        world.apply();
        assertThat(world.find(Moored.class, port.value(), Position.class)).isEqualTo(another);
    }

    @Test
    void shouldSayWhatAComponentWithoutAKeyNeeds() {
        world.create(new Position(0, 0, 0));
        world.apply();
        assertThatThrownBy(() -> world.find(Position.class, 1))
                .isInstanceOf(HorizonWorldException.class)
                .hasMessageContaining("Position")
                .hasMessageContaining("@Key");
    }

    /** Any row of any table, by its column. */
    private void writeAsSystemsDo(Random random) {
        world.systemsRun(true);
        for (int i = 0; i < world.tableCount(); i++) {
            Table table = world.table(i);
            OwnerColumn owners = table.column(OwnerColumn.TYPE);
            if (owners != null && table.size() > 0) {
                int row = random.nextInt(table.size());
                owners.playerId[row] = random.nextInt(PLAYERS);
                owners.markRow(row);
            }
        }
        world.systemsRun(false);
    }

    private void compare(long player) {
        List<EntityId> expected = new ArrayList<>();
        world.forEach(
                Owner.class,
                id -> {
                    long location = world.lookup().locate(id.value());
                    OwnerColumn owners =
                            Objects.requireNonNull(
                                    world.lookup().column(OwnerColumn.TYPE, location));
                    if (owners.playerId[Lookup.row(location)] == player) {
                        expected.add(id);
                    }
                });
        List<EntityId> found = new ArrayList<>();
        world.forEach(Owner.class, player, found::add);
        assertThat(found).isEqualTo(expected);
        assertThat(world.find(Owner.class, player))
                .isEqualTo(expected.isEmpty() ? null : expected.getFirst());
    }
}
