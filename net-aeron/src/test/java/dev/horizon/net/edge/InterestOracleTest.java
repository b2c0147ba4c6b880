package dev.horizon.net.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.ReplicaEntity;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import dev.horizon.engine.world.Veil;
import dev.horizon.schemas.replication.BeaconDecoder;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each client holds is what the written rule says, at every tick, bit for bit. */
class InterestOracleTest {
    private static final int CLIENTS = 6;
    private static final int TICKS = 240;

    /** The last of them has nobody. */
    private static final int AUDIENCES = 3;

    private record Player(Viewer viewer, NearOracle.Client client, ViewClient screen) {}

    /** Nobody listens: all channels come anyway. */
    private static final Cells ALL =
            new Cells() {
                @Override
                public void need(Viewer viewer, long channelId) {}

                @Override
                public void release(Viewer viewer, long channelId) {}
            };

    @ParameterizedTest(
            name =
                    "seed {0}, steps of {1} m, ships within {2} m, close {3}, medium {4}, split"
                            + " above {5}")
    @CsvSource({
        "1, 0.01, 1500, 32, 1024, 8",
        "2, 1, 3000, 32, 1024, 256",
        "3, 30, 12000, 5, 20, 6",
        "4, 400, 20000, 8, 10, 256",
        "5, 5000, 30000, 32, 1024, 2",
        "6, 50000, 60000, 3, 3, 2",
        "7, 0, 4000, 20, 1024, 5",
        "8, 100, 2500, 10, 30, 256",
        "9, 1000, 9000, 0, 15, 4",
        "10, 15, 1200, 12, 40, 5",
    })
    void shouldHoldWhatTheRuleSays(
            long seed, double step, double extent, int closeMax, int mediumMax, int above) {
        EdgeConfig edge = new EdgeConfig(5, closeMax, 0, mediumMax, 0, 32);
        ChannelConfig config = ChannelConfig.standard().withSplits(above, above / 2, 20);
        try (Battlefield field = new Battlefield(seed, config)) {
            field.subscribe(Tier.CLOSE);
            field.subscribe(Tier.MEDIUM);
            for (int audience = 1; audience <= AUDIENCES; audience++) {
                field.subscribeAudience(Tier.CLOSE, audience, 2);
                field.subscribeAudience(Tier.MEDIUM, audience, 1);
            }
            populate(field, extent);
            Edge served = new Edge(new EdgeCache(), config, edge, ALL);
            NearOracle oracle = new NearOracle(config, edge);
            List<Player> players = new ArrayList<>();
            Random random = new Random(seed * 31);
            Random veils = new Random(seed * 37);
            for (int i = 0; i < CLIENTS; i++) {
                players.add(
                        new Player(
                                served.join(1_000 + i),
                                new NearOracle.Client(1_000 + i),
                                new ViewClient(Battlefield.TICK_HZ)));
            }
            // Half of them read Views alone, as older clients do.
            for (int i = 0; i < CLIENTS; i++) {
                players.get(i).viewer().lean(i % 2 == 0);
            }
            int compared = 0;
            int hidden = 0;
            for (int tick = 1; tick <= TICKS; tick++) {
                field.move(tick % 80 < 60 ? 40 : 0);
                disturb(field, random, extent);
                veil(field, veils);
                for (int i = 0; i < CLIENTS; i++) {
                    steer(field, players.get(i), i, random, step, extent);
                    enlist(players.get(i), i, veils);
                }
                field.publish((buffer, length) -> {
                    oracle.hear(buffer, length);
                    if (buffer.getShort(2) != BeaconDecoder.TEMPLATE_ID) {
                        served.cache().apply(buffer, 0, length);
                    }
                });
                served.cache().tick(field.tick);
                for (Player player : players) {
                    served.follow(player.viewer());
                    oracle.follow(player.client(), field.tick);
                    int length = served.gather(player.viewer());
                    if (length > 0) {
                        hidden += search(field, player, served.bundle(), length, seed);
                        player.screen().bundle(served.bundle(), length);
                    }
                    compared += compare(player, oracle, served, field.tick, seed);
                }
                served.endRound();
            }
            assertThat(hidden).as("veiled entities looked for").isPositive();
            assertThat(compared).as("entities compared").isGreaterThan(TICKS * CLIENTS / 2);
            int entered = players.stream().mapToInt(player -> player.screen().entered).sum();
            assertThat(entered).isGreaterThan(20);
            if (above < 10) {
                assertThat(oracle.recuts).isPositive();
            }
        }
    }

    private static void populate(Battlefield field, double extent) {
        for (int i = 0; i < 120; i++) {
            SizeClass size =
                    i % 40 == 0
                            ? SizeClass.BODY
                            : i % 20 == 1
                                    ? SizeClass.STATION
                                    : i % 10 == 2 ? SizeClass.CAPITAL : SizeClass.CRAFT;
            field.ship(
                    size,
                    field.between(-extent, extent),
                    field.between(-extent, extent),
                    field.between(-extent, extent) / 4,
                    i % 3);
        }
    }

    /** Births, deaths, teleports. */
    private static void disturb(Battlefield field, Random random, double extent) {
        if (random.nextInt(10) == 0) {
            EntityId ship = field.ships.get(CLIENTS + random.nextInt(field.ships.size() - CLIENTS));
            field.teleport(ship, field.between(-extent, extent), field.between(-extent, extent), 0);
        }
        if (random.nextInt(15) == 0) {
            field.ship(
                    SizeClass.CRAFT,
                    field.between(-extent, extent),
                    field.between(-extent, extent),
                    0,
                    2);
        }
        if (random.nextInt(15) == 0) {
            int at = CLIENTS + random.nextInt(field.ships.size() - CLIENTS);
            field.world.destroy(field.ships.remove(at));
        }
    }

    /** Ships and turrets are veiled for audiences, and for all again. */
    private static void veil(Battlefield field, Random random) {
        List<EntityId> some = random.nextInt(3) == 0 ? field.turrets : field.ships;
        EntityId entity = some.get(random.nextInt(some.size()));
        if (random.nextInt(2) == 0 && field.world.exists(entity)) {
            field.world.write(entity, new Veil(random.nextInt(AUDIENCES + 1)));
        }
    }

    /** Players come to be of audiences, and are no longer. */
    private static void enlist(Player player, int i, Random random) {
        if (random.nextInt(25) == 0) {
            Set<Integer> audiences = new TreeSet<>();
            for (int n = i % 3; n > 0; n--) {
                audiences.add(1 + random.nextInt(AUDIENCES - 1));
            }
            if (!audiences.equals(player.client().audiences)) {
                player.client().audiences = audiences;
                player.client().stirred = true;
            }
            int[] numbers = audiences.stream().mapToInt(Integer::intValue).toArray();
            player.viewer().audiences(numbers, numbers.length);
        }
    }

    /** Looks through a client's bytes for the ids of what it may not see. */
    private static int search(
            Battlefield field, Player player, byte[] bundle, int length, long seed) {
        byte[] bytes = Arrays.copyOf(bundle, length);
        int hidden = 0;
        List<EntityId> all = new ArrayList<>(field.ships);
        all.addAll(field.turrets);
        for (EntityId entity : all) {
            Veil veil = field.world.exists(entity) ? field.world.read(entity, Veil.class) : null;
            if (veil != null
                    && veil.audience() != 0
                    && !player.client().audiences.contains(veil.audience())) {
                byte[] id = new byte[Long.BYTES];
                new UnsafeBuffer(id).putLong(0, entity.value(), ByteOrder.LITTLE_ENDIAN);
                assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                        .as("seed %d, tick %d: bytes of %s", seed, field.tick, entity)
                        .doesNotContain(new String(id, StandardCharsets.ISO_8859_1));
                hidden++;
            }
        }
        return hidden;
    }

    private static void steer(
            Battlefield field, Player player, int i, Random random, double step, double extent) {
        NearOracle.Client client = player.client();
        Random r = random;
        if (r.nextInt(40) == 0) {
            double[] ranges = {
                Double.POSITIVE_INFINITY, 5_000, 800, 0, -1, Double.NaN, 1e300, 2_000
            };
            double drawn = ranges[r.nextInt(ranges.length)];
            if (Double.compare(drawn, client.sensors) != 0) {
                client.sensors = drawn;
                client.stirred = true;
            }
        }
        if (r.nextInt(30) == 0) {
            List<Long> focus = new ArrayList<>();
            for (int n = r.nextInt(4); n > 0; n--) {
                focus.add(field.ships.get(r.nextInt(field.ships.size())).value());
            }
            if (r.nextInt(4) == 0) {
                focus.add(987_654_321L);
            }
            if (!focus.equals(client.focus)) {
                client.focus = focus;
                client.stirred = true;
            }
        }
        if (i < 3) {
            // Flies a ship: its place comes from its channel.
            EntityId ship = field.ships.get(i);
            if (client.own != ship.value()) {
                client.own = ship.value();
                client.stirred = true;
            }
            if (i == 1 && r.nextInt(20) == 0) {
                field.teleport(ship, r.nextDouble() * extent, r.nextDouble() * extent, 0);
            }
        } else {
            double[] p = client.fallback.clone();
            if (!(Math.abs(p[0]) <= 2 * extent)) {
                p = new double[] {0, 0, 0};
            }
            double angle = r.nextDouble() * 7;
            p[0] += step * StrictMath.cos(angle);
            p[1] += step * StrictMath.sin(angle);
            if (r.nextInt(50) == 0) {
                double[] odd = {Double.NaN, 1e300, -1e300, Double.POSITIVE_INFINITY, 4e11};
                p[0] = odd[r.nextInt(odd.length)];
            }
            client.fallback = p;
        }
        long[] focus = client.focus.stream().mapToLong(Long::longValue).toArray();
        player.viewer()
                .focus(
                        client.own,
                        client.fallback[0],
                        client.fallback[1],
                        client.fallback[2],
                        client.sensors,
                        focus,
                        focus.length);
    }

    private static int compare(
            Player player, NearOracle oracle, Edge served, long tick, long seed) {
        Map<Long, Tier> shown = new HashMap<>();
        Tier[] tiers = Tier.values();
        player.screen().byId.forEach((id, held) -> shown.put(id, tiers[held.tier]));
        Map<Long, String> differences = new HashMap<>();
        player.client()
                .held
                .forEach((id, tier) -> {
                    if (shown.get(id) != tier) {
                        differences.put(id, shown.get(id) + " instead of " + tier);
                    }
                });
        shown.forEach((id, tier) -> {
            if (!player.client().held.containsKey(id)) {
                differences.put(id, tier + " instead of nothing");
            }
        });
        assertThat(differences)
                .as(() ->
                        "seed %d, tick %d, session %d, %s"
                                .formatted(
                                        seed,
                                        tick,
                                        player.client().session,
                                        oracle.explain(differences.keySet(), tick)
                                                + served.why(
                                                        player.viewer(),
                                                        differences.keySet().stream()
                                                                .findFirst()
                                                                .orElse(0L),
                                                        tick)))
                .isEmpty();
        double[] expected = new double[3];
        for (ViewClient.Held held : player.screen().byId.values()) {
            EntityId id = new EntityId(held.id);
            ReplicaEntity truth = held.tier == 0 ? oracle.replica.find(id) : oracle.medium.find(id);
            assertThat(truth).as("%s at tick %d", id, tick).isNotNull();
            if (truth.place(tick, Battlefield.DT, expected)) {
                double t = (tick - held.placeTick) * Battlefield.DT;
                for (int axis = 0; axis < 3; axis++) {
                    double[] m = held.motion;
                    assertThat(m).isNotNull();
                    double place = m[axis] + (m[3 + axis] + m[6 + axis] * t * 0.5) * t;
                    assertThat(place)
                            .as("seed %d, tick %d, %s, axis %d", seed, tick, id, axis)
                            .isEqualTo(expected[axis]);
                }
            }
            assertThat(held.components.keySet())
                    .as("seed %d, tick %d, components of %s", seed, tick, id)
                    .containsExactlyInAnyOrderElementsOf(
                            Arrays.stream(truth.components()).boxed().toList());
            held.components.forEach(
                    (component, row) -> assertThat(row).isEqualTo(truth.component(component)));
        }
        return shown.size();
    }
}
