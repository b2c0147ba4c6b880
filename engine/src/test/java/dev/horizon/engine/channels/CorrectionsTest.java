package dev.horizon.engine.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.config.ConfigBinder;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.Tier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that correct: both ends hold the same bits, and keep the promised bounds. */
class CorrectionsTest {
    private static final int TICKS = 3_000;

    /** Counts the rows of each group of frames by the codec's own decoder. */
    private static final class Groups {
        final Map<String, Integer> rows = new HashMap<>();

        void count(DirectBuffer buffer, int offset) {
            int at = offset + 8 + 28;
            for (String name :
                    new String[] {
                        "left",
                        "entered",
                        "nudged",
                        "kicked",
                        "resting",
                        "coasting",
                        "driven",
                        "wide"
                    }) {
                int length = buffer.getShort(at) & 0xFFFF;
                int number = buffer.getShort(at + 2) & 0xFFFF;
                rows.merge(name, number, Integer::sum);
                at += 4 + length * number;
            }
        }

        int of(String name) {
            return rows.getOrDefault(name, 0);
        }
    }

    /** Compares all tracks; returns how many there were. */
    private static int assertSameTracks(Harness harness, Battle battle, ReplicaView view) {
        Members members = harness.encoder.channels.members;
        int compared = 0;
        for (EntityId id : battle.ships) {
            ReplicaEntity entity = view.find(id);
            if (entity != null && !entity.isStale()) {
                assertSameTrack(members, entity, harness.fleet.tick);
                compared++;
            }
        }
        return compared;
    }

    private static void assertSameTrack(Members members, ReplicaEntity entity, long tick) {
        EntityId id = entity.id();
        int member = members.find(id.value());
        ReplicaSlot slot = entity.placed();
        int t = slot.tier.ordinal();
        int lane = members.lane[member];
        int at = lane * Tracks.STRIDE;
        double[] track = members.tracks.numbers[t];
        assertThat(slot.placeTick)
                .as("%s at tick %d", id, tick)
                .isEqualTo(members.tracks.placeTick(lane, t));
        for (int axis = 0; axis < 3; axis++) {
            assertThat(slot.place[axis]).as("%s at %d", id, tick).isEqualTo(track[at + axis]);
        }
        assertThat(slot.motion)
                .as("%s at %d", id, tick)
                .isEqualTo(Arrays.copyOfRange(track, at + 3, at + 9));
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void shouldHoldTheSameBitsOnBothEnds(Tier tier) {
        Battle battle = new Battle(31, 25, 2_000);
        try (Harness harness = new Harness(battle.fleet, ChannelConfig.standard())) {
            Harness.Receiver receiver = harness.receiver(tier);
            Groups groups = new Groups();
            harness.onFrame = groups::count;
            Random chance = new Random(3);
            int compared = 0;
            for (int i = 0; i < TICKS; i++) {
                battle.step();
                boolean isBad = i % 100 > 90;
                harness.takes = ignored -> !isBad || chance.nextInt(3) != 0;
                harness.publish();
                if (i % 100 <= 90 && i % 100 > 20) {
                    compared += assertSameTracks(harness, battle, receiver.view);
                }
            }
            assertThat(harness.encoder.counters().lostFrames()).isPositive();
            assertThat(groups.of("kicked") + groups.of("nudged"))
                    .as("%s", groups.rows)
                    .isGreaterThan(groups.of("driven") + groups.of("wide"));
            assertThat(compared).isGreaterThan(TICKS / 2 * battle.ships.size());
        }
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void shouldKeepTheBoundAtEveryTick(Tier tier) {
        ChannelConfig config = ChannelConfig.standard();
        Battle battle = new Battle(77, 40, 4_000);
        try (Harness harness = new Harness(battle.fleet, config)) {
            Harness.Receiver receiver = harness.receiver(tier);
            DueTimes due = new DueTimes(config.tier(tier).rateHz(), Fleet.TICK_HZ);
            double bound = config.tier(tier).errorMetres() * 1.0001;
            double seconds = due.period() * Fleet.DT;
            double change = 2 * Math.sqrt(3) * Battle.THRUST_MAX;
            double between = bound + change / 2 * seconds * seconds;
            Members members = harness.encoder.channels.members;
            double[] out = new double[3];
            double worst = 0;
            for (int i = 0; i < TICKS; i++) {
                battle.step();
                harness.publish();
                for (EntityId id : battle.ships) {
                    Position truth = battle.fleet.world.read(id, Position.class);
                    assertThat(receiver.view.find(id).place(battle.fleet.tick, Fleet.DT, out))
                            .isTrue();
                    double error =
                            Math.sqrt(
                                    square(out[0] - truth.x())
                                            + square(out[1] - truth.y())
                                            + square(out[2] - truth.z()));
                    Channel channel =
                            members.channel[
                                    members.find(id.value()) * Members.TIERS + tier.ordinal()];
                    boolean isDue = due.isDue(channel.phase, battle.fleet.tick);
                    assertThat(error)
                            .as("%s at tick %d, due: %s", id, battle.fleet.tick, isDue)
                            .isLessThanOrEqualTo(isDue ? bound : between);
                    worst = Math.max(worst, error);
                }
            }
            assertThat(worst).isGreaterThan(config.tier(tier).errorMetres() / 4);
        }
    }

    @Test
    void shouldSendEveryDueUpdateWithoutDeadReckoning() {
        long[] rows = new long[2];
        int[] nudges = new int[2];
        for (boolean reckons : new boolean[] {true, false}) {
            ChannelConfig config =
                    ConfigBinder.bind(
                            ChannelConfig.class, Map.of("dead-reckoning", reckons), "channels");
            Battle battle = new Battle(5, 30, 300);
            try (Harness harness = new Harness(battle.fleet, config)) {
                harness.receiver(Tier.CLOSE);
                Groups groups = new Groups();
                for (int i = 0; i < 200; i++) {
                    battle.step();
                    harness.publish();
                    if (i == 100) {
                        rows[reckons ? 0 : 1] = -harness.encoder.counters().placeRows(Tier.CLOSE);
                        harness.onFrame = groups::count;
                    }
                }
                rows[reckons ? 0 : 1] += harness.encoder.counters().placeRows(Tier.CLOSE);
                nudges[reckons ? 0 : 1] = groups.of("nudged");
            }
        }
        assertThat(rows[1]).isEqualTo(99 * 30);
        assertThat(rows[0]).isLessThan(rows[1] / 2);
        assertThat(nudges[1]).isGreaterThan(99 * 30 * 3 / 4);
    }

    private static double square(double value) {
        return value * value;
    }
}
