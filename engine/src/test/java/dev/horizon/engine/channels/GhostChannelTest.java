package dev.horizon.engine.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.storage.EntityImage;
import dev.horizon.engine.storage.GhostWriter;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import java.util.List;
import java.util.Objects;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A ghost is published as its entity is, and who receives it doesn't notice when it becomes one.
 */
class GhostChannelTest {
    private static final int ANOTHER_NODE = 2;

    private final Fleet fleet = new Fleet(5, 3_000);
    private final Harness harness = new Harness(fleet, ChannelConfig.standard());
    private final ExpandableArrayBuffer image = new ExpandableArrayBuffer();
    private int imageBytes;

    @AfterEach
    void close() {
        harness.close();
    }

    private void run(int ticks) {
        for (int i = 0; i < ticks; i++) {
            harness.tick();
        }
    }

    /** As in the tick of a release. */
    private void release(EntityId ship) {
        ExpandableArrayBuffer word = new ExpandableArrayBuffer();
        GhostWriter writer = new GhostWriter(fleet.world);
        writer.begin();
        writer.whole(fleet.world.lookup().locate(ship.value()));
        int length = writer.write(word, 0);
        imageBytes = EntityImage.write(fleet.world, ship, image, 0);
        fleet.world.destroy(ship);
        fleet.world.apply();
        fleet.world.ghosts().take(word, 0, length, ANOTHER_NODE, fleet.tick);
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void shouldGoOnUnderItsIdWhenItBecomesAGhostAndWhenItComesBack(Tier tier) {
        for (int i = 0; i < 10; i++) {
            fleet.ship(SizeClass.CRAFT, 1);
        }
        for (EntityId ship : List.of(fleet.ship(SizeClass.CRAFT, 0), fleet.steered())) {
            Harness.Receiver receiver = harness.receiver(tier);
            run(120);
            assertThat(receiver.view.find(ship)).isNotNull();
            receiver.log.clear();
            release(ship);
            run(120);
            assertThat(receiver.log).as("as a ghost").isEmpty();
            double[] shown = new double[3];
            assertThat(
                            Objects.requireNonNull(receiver.view.find(ship))
                                    .place(fleet.tick, Fleet.DT, shown))
                    .isTrue();
            Position truth = Objects.requireNonNull(fleet.world.readGhost(ship, Position.class));
            double bound = harness.config.tier(tier).errorMetres();
            double seconds = tier == Tier.SENSOR ? 5 : tier == Tier.LOW ? 1 : 0.2;
            double apart =
                    Math.hypot(
                            Math.hypot(shown[0] - truth.x(), shown[1] - truth.y()),
                            shown[2] - truth.z());
            assertThat(apart).isLessThan(bound + 2 * Fleet.THRUST_MAX * seconds * seconds);

            EntityImage.createKeepingIds(fleet.world, image, 0, imageBytes);
            fleet.world.apply();
            assertThat(fleet.world.readGhost(ship, Position.class)).isNull();
            run(120);
            assertThat(receiver.log).as("an entity again").isEmpty();
            release(ship);
            run(1);
            fleet.world.ghosts().end(ship.value());
            run(120);
            assertThat(receiver.log).as("gone").containsExactly("x" + ship);
            harness.receivers.clear();
        }
    }
}
