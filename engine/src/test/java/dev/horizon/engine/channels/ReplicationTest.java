package dev.horizon.engine.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.horizon.engine.world.Attitude;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.Size;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What receivers hold, compared with the world, while everything moves, comes and goes. */
class ReplicationTest {
    private static Fleet fleet(long seed, double extent) {
        Fleet fleet = new Fleet(seed, extent);
        for (int i = 0; i < 40; i++) {
            fleet.ship(SizeClass.values()[i % 16 == 0 ? i / 16 + 1 : 0], 3);
        }
        for (int i = 0; i < 60; i++) {
            fleet.rock();
        }
        return fleet;
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void shouldKeepEveryReceiverWithinTheTiersBound(Tier tier) {
        for (long seed : new long[] {1, 20261122}) {
            ChannelConfig config = ChannelConfig.standard();
            try (Harness harness = new Harness(fleet(seed, 3_000), config)) {
                Fleet fleet = harness.fleet;
                Oracle oracle = new Oracle(fleet, config, tier);
                DueTimes due = new DueTimes(config.tier(tier).rateHz(), Fleet.TICK_HZ);
                Harness.Receiver receiver = harness.receiver(tier);
                Random chance = new Random(seed);
                int compared = 0;
                for (int i = 0; i < 800; i++) {
                    upheaval(fleet, chance);
                    harness.tick();
                    oracle.follow();
                    compared += oracle.check(receiver.view, due);
                }
                assertThat(compared).as("seed %d", seed).isGreaterThan(500);
                assertThat(receiver.view.gaps()).as("seed %d", seed).isZero();
                shouldAlternate(receiver.log);
                shouldArriveFinally(harness, receiver, tier, due);
            }
        }
    }

    /** Now and then something is destroyed, made, damaged, or gets other components. */
    private static void upheaval(Fleet fleet, Random chance) {
        EntityId ship = fleet.ships.get(chance.nextInt(fleet.ships.size()));
        if (!fleet.world.exists(ship)) {
            return;
        }
        switch (chance.nextInt(12)) {
            case 0 -> fleet.world.destroy(ship);
            case 1 -> fleet.ship(SizeClass.values()[chance.nextInt(4)], 2);
            case 2 -> fleet.world.remove(ship, Fleet.Plating.class);
            case 3 ->
                    fleet.world.write(
                            ship, new Fleet.Plating(chance.nextFloat() * 100, chance.nextInt(9)));
            case 4 ->
                    fleet.world.write(
                            ship, new Fleet.Callsign("N" + fleet.tick, SizeClass.CAPITAL, ship));
            case 5 ->
                    fleet.world.write(
                            ship,
                            new Position(
                                    fleet.coordinate(), fleet.coordinate(), fleet.coordinate()));
            case 6 -> fleet.world.write(ship, new Size(SizeClass.values()[chance.nextInt(4)], 9));
            default -> {}
        }
    }

    private static void shouldAlternate(List<String> log) {
        Set<String> held = new HashSet<>();
        for (String line : log) {
            String id = line.substring(1);
            if (line.charAt(0) == '+') {
                assertThat(held.add(id)).as("%s entered twice", id).isTrue();
            } else {
                assertThat(held.remove(id)).as("%s left twice", id).isTrue();
            }
        }
    }

    private static void shouldArriveFinally(
            Harness harness, Harness.Receiver receiver, Tier tier, DueTimes due) {
        Fleet fleet = harness.fleet;
        fleet.halt();
        for (int i = 0; i < 3 * due.period() + 5; i++) {
            fleet.rest();
            harness.publish();
        }
        Set<Long> alive = new HashSet<>();
        double[] out = new double[3];
        double step =
                Math.scalb(1, FrameWriter.placeExponent(harness.config.tier(tier).errorMetres()));
        for (EntityId id : fleet.placed()) {
            Position place = fleet.world.read(id, Position.class);
            if (place == null) {
                continue;
            }
            alive.add(id.value());
            ReplicaEntity entity = receiver.view.find(id);
            assertThat(entity).as("%s", id).isNotNull();
            entity.place(fleet.tick + 1_000, Fleet.DT, out);
            assertThat(Math.abs(out[0] - place.x())).isLessThanOrEqualTo(step * 0.88);
            assertThat(Math.abs(out[1] - place.y())).isLessThanOrEqualTo(step * 0.88);
            assertThat(Math.abs(out[2] - place.z())).isLessThanOrEqualTo(step * 0.88);
        }
        for (EntityId id : fleet.turrets) {
            if (fleet.world.exists(id) && tier == Tier.CLOSE) {
                alive.add(id.value());
            }
        }
        Set<Long> held = new HashSet<>();
        receiver.view.forEach(entity -> held.add(entity.id().value()));
        assertThat(held).isEqualTo(alive);
        long bytes = harness.encoder.counters().placeRows(tier);
        for (int i = 0; i < due.period(); i++) {
            fleet.rest();
            harness.publish();
        }
        assertThat(harness.encoder.counters().placeRows(tier)).isEqualTo(bytes);
    }

    @Test
    void shouldPublishRidersWithTheirCarrier() {
        try (Harness harness = new Harness(new Fleet(5, 500), ChannelConfig.standard())) {
            Fleet fleet = harness.fleet;
            EntityId ship = fleet.ship(SizeClass.CRAFT, 2);
            EntityId other = fleet.ship(SizeClass.CRAFT, 0);
            Harness.Receiver receiver = harness.receiver(Tier.CLOSE);
            harness.tick();
            EntityId turret = fleet.turrets.get(0);
            ReplicaEntity seen = receiver.view.find(turret);
            assertThat(seen.parent()).isEqualTo(ship);
            assertThat(seen.hasPlace()).isFalse();
            assertThat(seen.components()).containsExactly(TurretColumn.TYPE.wireId());

            fleet.world.write(turret, new Fleet.Turret((short) 500, false));
            harness.tick();
            assertThat(
                            ReplicatedShape.of(TurretColumn.TYPE)
                                    .decode(seen.component(TurretColumn.TYPE.wireId())))
                    .containsEntry("heat", (short) 500)
                    .containsEntry("on", false);

            fleet.world.write(turret, new Parent(other, 0, 0, 0));
            harness.tick();
            harness.tick();
            harness.tick();
            assertThat(receiver.view.find(turret).parent()).isEqualTo(other);

            fleet.world.destroy(other);
            harness.tick();
            harness.tick();
            assertThat(receiver.view.find(turret)).isNull();
            assertThat(receiver.view.find(other)).isNull();
            assertThat(receiver.log).contains("x" + turret, "x" + other);
            assertThat(receiver.view.find(ship)).isNotNull();
        }
    }

    @Test
    void shouldGiveLateJoinersWhatOthersHold() {
        try (Harness harness = new Harness(fleet(3, 2_000), ChannelConfig.standard())) {
            Harness.Receiver early = harness.receiver(Tier.MEDIUM);
            for (int i = 0; i < 200; i++) {
                harness.tick();
            }
            Harness.Receiver late = harness.receiver(Tier.MEDIUM);
            for (int i = 0; i < 6; i++) {
                harness.tick();
            }
            assertThat(late.view.entities()).isEqualTo(early.view.entities()).isPositive();
            double[] one = new double[3];
            double[] two = new double[3];
            early.view.forEach(entity -> {
                ReplicaEntity same = late.view.find(entity.id());
                assertThat(same).isNotNull();
                assertThat(same.components()).isEqualTo(entity.components());
                for (int id : entity.components()) {
                    assertThat(same.component(id)).isEqualTo(entity.component(id));
                }
                assertThat(entity.place(harness.fleet.tick, Fleet.DT, one))
                        .isEqualTo(same.place(harness.fleet.tick, Fleet.DT, two));
                assertThat(two).isEqualTo(one);
            });
        }
    }

    @Test
    void shouldCoalesceKeyframes() {
        try (Harness harness = new Harness(new Fleet(4, 100), ChannelConfig.standard())) {
            EntityId rock = harness.fleet.rock();
            harness.receiver(Tier.LOW);
            harness.tick();
            long before = harness.encoder.counters().keyframes();
            long channel = channelOf(harness, rock, Tier.LOW);
            for (int gateway = 10; gateway < 30; gateway++) {
                harness.encoder.subscriptions().onSubscribe(gateway, channel);
                harness.encoder.subscriptions().onKeyframeRequest(gateway, channel);
            }
            for (int i = 0; i < 10; i++) {
                harness.tick();
            }
            assertThat(harness.encoder.counters().keyframes()).isEqualTo(before + 1);
        }
    }

    private static long channelOf(Harness harness, EntityId id, Tier tier) {
        Oracle oracle = new Oracle(harness.fleet, harness.config, tier);
        oracle.follow();
        return oracle.channelOf(id);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.2, 0.6})
    void shouldRecoverWhenFramesAreLost(double loss) {
        ChannelConfig config = ChannelConfig.standard();
        try (Harness harness = new Harness(fleet(7, 1_500), config)) {
            Fleet fleet = harness.fleet;
            Harness.Receiver receiver = harness.receiver(Tier.CLOSE);
            Random chance = new Random(99);
            receiver.hears = channelId -> chance.nextDouble() >= loss;
            for (int i = 0; i < 300; i++) {
                upheaval(fleet, chance);
                harness.tick();
            }
            assertThat(receiver.view.gaps()).isPositive();
            receiver.hears = channelId -> true;
            // Known within a beacon's period, asked for again within a second at most.
            for (int i = 0; i < 2 * Fleet.TICK_HZ; i++) {
                harness.tick();
            }
            Oracle oracle = new Oracle(fleet, config, Tier.CLOSE);
            DueTimes due = new DueTimes(120, Fleet.TICK_HZ);
            oracle.follow();
            assertThat(oracle.check(receiver.view, due)).isGreaterThan(50);
            Set<Long> alive = new HashSet<>();
            fleet.world.forEach(Position.class, id -> alive.add(id.value()));
            fleet.world.forEach(Parent.class, id -> alive.add(id.value()));
            receiver.view.forEach(entity -> assertThat(alive).contains(entity.id().value()));
            receiver.view.forEach(entity -> assertThat(entity.isStale()).isFalse());
        }
    }

    @Test
    void shouldLoseNothingWhenTheSinkRefuses() {
        ChannelConfig config = ChannelConfig.standard();
        try (Harness harness = new Harness(fleet(8, 1_500), config)) {
            Fleet fleet = harness.fleet;
            Harness.Receiver receiver = harness.receiver(Tier.CLOSE);
            Random chance = new Random(5);
            harness.takes = tier -> chance.nextInt(4) != 0;
            for (int i = 0; i < 400; i++) {
                upheaval(fleet, chance);
                harness.tick();
            }
            assertThat(harness.encoder.counters().lostFrames()).isPositive();
            harness.takes = tier -> true;
            for (int i = 0; i < 30; i++) {
                harness.tick();
            }
            long wrong = receiver.view.wrongChannels();
            for (int i = 0; i < 100; i++) {
                upheaval(fleet, chance);
                harness.tick();
            }
            assertThat(receiver.view.wrongChannels()).as("checksums fit again").isEqualTo(wrong);
            Oracle oracle = new Oracle(fleet, config, Tier.CLOSE);
            oracle.follow();
            assertThat(oracle.check(receiver.view, new DueTimes(120, Fleet.TICK_HZ)))
                    .isGreaterThan(50);
            shouldAlternate(receiver.log);
        }
    }

    /** Else those who lag behind would be sent keyframes each tick, and lag more for it. */
    @Test
    void shouldCutLittleForAStreamThatTakesNothing() {
        ChannelConfig config = ChannelConfig.standard();
        try (Harness harness = new Harness(fleet(8, 1_500), config)) {
            Fleet fleet = harness.fleet;
            Harness.Receiver receiver = harness.receiver(Tier.CLOSE);
            Random chance = new Random(5);
            EncoderCounters counters = harness.encoder.counters();
            for (int i = 0; i < 100; i++) {
                upheaval(fleet, chance);
                harness.tick();
            }
            long before = counters.frames(Tier.CLOSE);
            for (int i = 0; i < 100; i++) {
                upheaval(fleet, chance);
                harness.tick();
            }
            long whenTaken = counters.frames(Tier.CLOSE) - before;
            harness.takes = tier -> false;
            for (int i = 0; i < 100; i++) {
                upheaval(fleet, chance);
                harness.tick();
            }
            long whenRefused = counters.frames(Tier.CLOSE) - before - whenTaken;
            assertThat(whenRefused).isPositive().isLessThan(whenTaken / 2);
            harness.takes = tier -> true;
            // Four times the least interval, and as long again, is the longest wait.
            for (int i = 0; i < 8 * config.keyframeIntervalTicks(); i++) {
                harness.tick();
            }
            Oracle oracle = new Oracle(fleet, config, Tier.CLOSE);
            oracle.follow();
            assertThat(oracle.check(receiver.view, new DueTimes(120, Fleet.TICK_HZ)))
                    .isGreaterThan(50);
        }
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void shouldHealAReceiverThatIsSilentlyWrong(Tier tier) {
        try (Harness harness = new Harness(fleet(12, 1_500), ChannelConfig.standard())) {
            Harness.Receiver receiver = harness.receiver(tier);
            Random chance = new Random(4);
            int healed = 0;
            for (int round = 0; round < 20; round++) {
                for (int i = 0; i < 30; i++) {
                    upheaval(harness.fleet, chance);
                    harness.tick();
                }
                assertThat(receiver.view.gaps()).as("no false alarm").isEqualTo(healed);
                ReplicaSlot slot = corrupt(receiver.view, harness.fleet.rocks, chance);
                for (int i = 0; i < Fleet.TICK_HZ && receiver.view.gaps() == healed; i++) {
                    harness.fleet.rest();
                    harness.publish();
                }
                assertThat(receiver.view.gaps()).as("noticed within a second").isEqualTo(++healed);
                for (int i = 0; i < 6; i++) {
                    harness.fleet.rest();
                    harness.publish();
                }
                assertThat(receiver.view.isWhole(slot.channel.id)).isTrue();
            }
            assertThat(receiver.view.wrongChannels()).isEqualTo(20);
        }
    }

    /** Changes what a receiver holds of something that no row will ever put right. */
    private static ReplicaSlot corrupt(ReplicaView view, List<EntityId> rocks, Random chance) {
        ReplicaSlot slot = view.find(rocks.get(chance.nextInt(rocks.size()))).placed();
        if (chance.nextBoolean()) {
            slot.place[chance.nextInt(3)] += 1e-3;
        } else {
            slot.placeTick--;
        }
        return slot;
    }

    @Test
    void shouldSplitLongFrames() {
        ChannelConfig small =
                new ChannelConfig(
                        TierConfig.UNSET,
                        TierConfig.UNSET,
                        TierConfig.UNSET,
                        TierConfig.UNSET,
                        1,
                        4,
                        20,
                        1_000,
                        0.1,
                        4,
                        1_024,
                        4,
                        2,
                        1_000,
                        4,
                        256,
                        96,
                        200,
                        true,
                        true);
        try (Harness harness = new Harness(fleet(9, 1_000), small)) {
            Harness.Receiver receiver = harness.receiver(Tier.MEDIUM);
            Oracle oracle = new Oracle(harness.fleet, small, Tier.MEDIUM);
            DueTimes due = new DueTimes(5, Fleet.TICK_HZ);
            for (int i = 0; i < 60; i++) {
                harness.tick();
                oracle.follow();
                oracle.check(receiver.view, due);
            }
            assertThat(receiver.view.entities()).isEqualTo(100);
            shouldAlternate(receiver.log);
        }
    }

    @Test
    void shouldSayNothingWhereNobodyListens() {
        try (Harness harness = new Harness(fleet(6, 1_000), ChannelConfig.standard())) {
            for (int i = 0; i < 50; i++) {
                harness.tick();
            }
            assertThat(harness.encoder.counters().bytes(Tier.CLOSE)).isZero();
            Harness.Receiver receiver = harness.receiver(Tier.LOW);
            for (int i = 0; i < 50; i++) {
                harness.tick();
            }
            assertThat(harness.encoder.counters().bytes(Tier.CLOSE)).isZero();
            assertThat(harness.encoder.counters().bytes(Tier.LOW)).isPositive();
            receiver.unwatch(InterestRules.wholeSystem(Tier.LOW));
            long bytes = harness.encoder.counters().bytes(Tier.LOW);
            for (int i = 0; i < 50; i++) {
                harness.tick();
            }
            assertThat(harness.encoder.counters().bytes(Tier.LOW)).isEqualTo(bytes);
            assertThat(harness.encoder.subscribedChannels()).isZero();
            assertThat(receiver.view.entities()).isZero();
        }
    }

    @Test
    void shouldNotFlipOnABorder() {
        try (Harness harness = new Harness(new Fleet(1, 10), ChannelConfig.standard())) {
            Fleet fleet = harness.fleet;
            EntityId ship =
                    fleet.world.create(
                            new Position(3_999, 500, 500),
                            new Size(SizeClass.CRAFT, 1),
                            new Motion(0, 0, 0, 0, 0, 0));
            Harness.Receiver receiver = harness.receiver(Tier.CLOSE);
            harness.tick();
            for (int i = 0; i < 40; i++) {
                fleet.world.write(ship, new Position(i % 2 == 0 ? 4_390 : 3_610, 500, 500));
                fleet.rest();
                harness.publish();
            }
            assertThat(receiver.view.channels()).isEqualTo(1);
            fleet.world.write(ship, new Position(4_401, 500, 500));
            fleet.rest();
            harness.publish();
            assertThat(receiver.view.channels()).isEqualTo(2);
            assertThat(receiver.log).containsExactly("+" + ship);
        }
    }

    @Test
    void shouldSendAnAttitudeThatAnEntityGainsEvenWhereAPredecessorHadIt() {
        try (Harness harness = new Harness(new Fleet(1, 10), ChannelConfig.standard())) {
            Fleet fleet = harness.fleet;
            Size size = new Size(SizeClass.CRAFT, 1);
            Attitude attitude = new Attitude(0, 0.6f, 0, 0.8f, 0, 0, 0);
            EntityId first = fleet.world.create(new Position(500, 500, 500), size, attitude);
            Harness.Receiver receiver = harness.receiver(Tier.CLOSE);
            harness.tick();
            fleet.world.destroy(first);
            harness.tick();
            EntityId second = fleet.world.create(new Position(500, 500, 500), size);
            harness.tick();
            double[] out = new double[4];
            assertThat(receiver.view.find(second).attitude(fleet.tick, Fleet.DT, out)).isFalse();
            fleet.world.write(second, attitude);
            harness.tick();
            assertThat(receiver.view.find(second).attitude(fleet.tick, Fleet.DT, out)).isTrue();
            assertThat(out[1]).isCloseTo(0.6, within(0.01));
        }
    }

    @Test
    void shouldSurvivePlacesThatAreNone() {
        try (Harness harness = new Harness(new Fleet(1, 10), ChannelConfig.standard())) {
            Fleet fleet = harness.fleet;
            EntityId ship = fleet.ship(SizeClass.CRAFT, 2);
            Harness.Receiver receiver = harness.receiver(Tier.CLOSE);
            harness.tick();
            assertThat(receiver.view.find(ship)).isNotNull();
            for (double bad : new double[] {Double.NaN, 1e300, Double.NEGATIVE_INFINITY}) {
                fleet.world.write(ship, new Position(bad, 0, 0));
                fleet.rest();
                harness.publish();
                fleet.rest();
                harness.publish();
                assertThat(receiver.view.find(ship)).isNull();
            }
            assertThat(harness.encoder.outOfRange()).isPositive();
            fleet.world.write(ship, new Position(5, 0, 0));
            fleet.world.write(ship, new Motion(Float.NaN, 0, 0, 0, 0, Float.POSITIVE_INFINITY));
            fleet.rest();
            harness.publish();
            double[] out = new double[3];
            assertThat(receiver.view.find(ship).place(fleet.tick, Fleet.DT, out)).isTrue();
            assertThat(out[0]).isEqualTo(5);
        }
    }
}
