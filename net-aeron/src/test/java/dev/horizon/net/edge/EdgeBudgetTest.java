package dev.horizon.net.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.ReplicaView;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import dev.horizon.schemas.replication.BeaconDecoder;
import org.junit.jupiter.api.Test;

/** What bytes and counts do to what a client holds. */
class EdgeBudgetTest {
    private static final int SHIPS = 500;
    private static final int BYTES_PER_SECOND = 6_144;

    private static EdgeConfig with(int bytesPerSecond) {
        return new EdgeConfig(5, 32, 20, 1_024, bytesPerSecond, 32);
    }

    private static void battle(Battlefield field) {
        field.extent = 1_000;
        field.subscribe(Tier.CLOSE);
        field.subscribe(Tier.MEDIUM);
        for (int i = 0; i < SHIPS; i++) {
            field.ship(
                    SizeClass.CRAFT,
                    field.between(-1_500, 1_500),
                    field.between(-1_500, 1_500),
                    field.between(-1_500, 1_500),
                    0);
        }
    }

    private static void feed(Battlefield field, Edge edge) {
        field.publish((buffer, length) -> {
            if (buffer.getShort(2) != BeaconDecoder.TEMPLATE_ID) {
                edge.cache().apply(buffer, 0, length);
            }
        });
        edge.cache().tick(field.tick);
    }

    @Test
    void shouldHoldTheNearestCloseAndTheRestMediumWithinItsBytes() {
        ChannelConfig config = ChannelConfig.standard();
        try (Battlefield field = new Battlefield(7, config)) {
            battle(field);
            Edge edge = new Edge(new EdgeCache(), config, with(BYTES_PER_SECOND), new Seats());
            Viewer viewer = edge.join(5);
            ViewClient client = new ViewClient(Battlefield.TICK_HZ);
            viewer.focus(
                    field.ships.getFirst().value(),
                    0,
                    0,
                    0,
                    Double.POSITIVE_INFINITY,
                    new long[0],
                    0);
            long bytes = 0;
            int seconds = 90;
            for (int tick = 1; tick <= seconds * Battlefield.TICK_HZ; tick++) {
                field.move(20);
                feed(field, edge);
                edge.follow(viewer);
                int length = edge.gather(viewer);
                edge.spend(viewer, length);
                bytes += length;
                if (length > 0) {
                    client.bundle(edge.bundle(), length);
                }
                edge.endRound();
                assertThat(viewer.heldClose()).isBetween(0, 32);
                assertThat(bytes)
                        .as("bytes until tick %d", tick)
                        .isLessThanOrEqualTo(
                                BYTES_PER_SECOND
                                        + (long) BYTES_PER_SECOND * tick / Battlefield.TICK_HZ
                                        + 512);
            }
            assertThat(viewer.closeLimit()).isBetween(20, 31);
            assertThat(viewer.heldClose()).isBetween(20, 32);
            assertThat(viewer.held()).isEqualTo(SHIPS);
            assertThat(client.byId).containsKey(field.ships.getFirst().value());
            // Its own ship and the close ones are served before the others.
            assertThat(client.byId.get(field.ships.getFirst().value()).placeTick)
                    .isGreaterThan(field.tick - 3 * Battlefield.TICK_HZ);
            assertThat(client.count(0)).isBetween(18, 32);
            assertThat(client.byId.size()).isGreaterThan(SHIPS * 9 / 10);
        }
    }

    @Test
    void shouldGiveFarFramesTheirTurnWhileTheNearOnesWantAll() {
        ChannelConfig config = ChannelConfig.standard();
        try (Battlefield field = new Battlefield(11, config)) {
            battle(field);
            Edge edge = new Edge(new EdgeCache(), config, with(BYTES_PER_SECOND), new Seats());
            Viewer viewer = edge.join(5);
            viewer.focus(
                    field.ships.getFirst().value(),
                    0,
                    0,
                    0,
                    Double.POSITIVE_INFINITY,
                    new long[0],
                    0);
            int farFrames = 0;
            for (int tick = 1; tick <= 60 * Battlefield.TICK_HZ; tick++) {
                field.move(20);
                feed(field, edge);
                edge.follow(viewer);
                edge.spend(viewer, edge.gather(viewer));
                // Ten times what may be saved up, and paid back by a quarter of the bytes.
                farFrames += edge.takeFar(viewer, 60_000) ? 1 : 0;
                edge.endRound();
            }
            assertThat(farFrames).isEqualTo(2);
        }
    }

    @Test
    void shouldRaiseTheCloseLimitAgainWhenAllIsCalm() {
        ChannelConfig config = ChannelConfig.standard();
        try (Battlefield field = new Battlefield(8, config)) {
            battle(field);
            Edge edge = new Edge(new EdgeCache(), config, with(BYTES_PER_SECOND), new Seats());
            Viewer viewer = edge.join(5);
            viewer.focus(0, 0, 0, 0, Double.POSITIVE_INFINITY, new long[0], 0);
            int least = 32;
            for (int tick = 1; tick <= 120 * Battlefield.TICK_HZ; tick++) {
                field.move(tick < 30 * Battlefield.TICK_HZ ? 20 : 0);
                if (tick == 30 * Battlefield.TICK_HZ) {
                    for (EntityId ship : field.ships) {
                        field.world.write(
                                ship, new dev.horizon.engine.world.Motion(0, 0, 0, 0, 0, 0));
                    }
                }
                feed(field, edge);
                edge.follow(viewer);
                edge.spend(viewer, edge.gather(viewer));
                edge.endRound();
                least = Math.min(least, viewer.closeLimit());
            }
            assertThat(least).isEqualTo(20);
            assertThat(viewer.closeLimit()).isGreaterThan(25);
        }
    }

    @Test
    void shouldHoldNoMoreCloseThanTheLeastWhileItIsTight() {
        ChannelConfig config = ChannelConfig.standard();
        try (Battlefield field = new Battlefield(8, config)) {
            battle(field);
            Edge edge = new Edge(new EdgeCache(), config, with(0), new Seats());
            Viewer viewer = edge.join(5);
            viewer.focus(0, 0, 0, 0, Double.POSITIVE_INFINITY, new long[0], 0);
            int[] held = new int[3];
            for (int stage = 0; stage < held.length; stage++) {
                edge.tighten(stage == 1);
                for (int tick = 1; tick <= 2 * Battlefield.TICK_HZ; tick++) {
                    feed(field, edge);
                    edge.follow(viewer);
                    edge.spend(viewer, edge.gather(viewer));
                    edge.endRound();
                }
                held[stage] = viewer.heldClose();
                assertThat(viewer.held()).as("the others are MEDIUM").isEqualTo(SHIPS);
            }
            assertThat(held).containsExactly(32, 20, 32);
        }
    }

    /** Everything is dropped for two seconds: then the client has all, as it is by then. */
    @Test
    void shouldBringWhoWasStalledUpToDateAtOnce() {
        ChannelConfig config = ChannelConfig.standard();
        ReplicaView truth = ReplicaView.open(id -> {});
        try (Battlefield field = new Battlefield(9, config)) {
            battle(field);
            Edge edge = new Edge(new EdgeCache(), config, with(0), new Seats());
            Viewer viewer = edge.join(5);
            ViewClient client = new ViewClient(Battlefield.TICK_HZ);
            viewer.focus(0, 0, 0, 0, Double.POSITIVE_INFINITY, new long[0], 0);
            for (int tick = 1; tick <= 200; tick++) {
                field.move(20);
                field.publish((buffer, length) -> {
                    truth.apply(buffer, 0, length);
                    if (buffer.getShort(2) != BeaconDecoder.TEMPLATE_ID) {
                        edge.cache().apply(buffer, 0, length);
                    }
                });
                edge.cache().tick(field.tick);
                boolean stalled = tick % 80 >= 40;
                if (!stalled) {
                    edge.follow(viewer);
                    int length = edge.gather(viewer);
                    if (length > 0) {
                        client.bundle(edge.bundle(), length);
                    }
                    double[] place = new double[3];
                    for (ViewClient.Held held : client.byId.values()) {
                        if (held.tier != 0) {
                            continue;
                        }
                        truth.find(new EntityId(held.id)).place(tick, Battlefield.DT, place);
                        double t = (tick - held.placeTick) * Battlefield.DT;
                        double[] m = held.motion;
                        assertThat(m[0] + (m[3] + m[6] * t * 0.5) * t).isEqualTo(place[0]);
                    }
                }
                edge.endRound();
            }
            assertThat(client.count(0)).isEqualTo(32);
        }
    }
}
