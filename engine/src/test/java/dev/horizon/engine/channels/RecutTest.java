package dev.horizon.engine.channels;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import dev.horizon.schemas.replication.FrameDecoder;
import dev.horizon.schemas.replication.MessageHeaderDecoder;
import dev.horizon.schemas.replication.RecutDecoder;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cells split where many are and merge where few are left; receivers carry over what they hold. */
class RecutTest {
    private static final int ABOVE = 10;
    private static final int BELOW = 6;
    private static final int AFTER_TICKS = 40;
    private static final ChannelConfig CONFIG =
            ChannelConfig.standard().withSplits(ABOVE, BELOW, AFTER_TICKS);

    private static Fleet crowd(long seed, Tier tier, int ships) {
        // Around a corner of eight cells, which have to split.
        Fleet fleet = new Fleet(seed, 0.3 * CONFIG.edgeMetres(SizeClass.CRAFT, tier));
        for (int i = 0; i < ships; i++) {
            fleet.ship(SizeClass.CRAFT, i % 4 == 0 ? 2 : 0);
        }
        for (int i = 0; i < ships / 4; i++) {
            fleet.rock();
        }
        return fleet;
    }

    private static Oracle oracle(Harness harness, Tier tier) {
        Oracle oracle = new Oracle(harness.fleet, CONFIG, tier);
        Members members = harness.encoder.channels.members;
        oracle.channels =
                id -> members.channel[members.find(id.value()) * Members.TIERS + tier.ordinal()].id;
        return oracle;
    }

    /** Moves all but a few so far away that what is left has to merge. */
    private static void scatter(Fleet fleet, Tier tier) {
        double edge = CONFIG.edgeMetres(SizeClass.CRAFT, tier);
        int i = 0;
        for (EntityId id : fleet.placed()) {
            if (i++ >= BELOW / 2 && fleet.world.exists(id)) {
                fleet.world.write(id, new Position((i + 3) * edge * 2, edge / 2, edge / 2));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void shouldSplitAndMergeWithoutKeyframes(Tier tier) {
        try (Harness harness = new Harness(crowd(7, tier, 120), CONFIG)) {
            Fleet fleet = harness.fleet;
            EncoderCounters counters = harness.encoder.counters();
            Oracle oracle = oracle(harness, tier);
            DueTimes due = new DueTimes(CONFIG.tier(tier).rateHz(), Fleet.TICK_HZ);
            Harness.Receiver whole = harness.receiver(tier);
            Harness.Receiver cells = harness.receiver();
            watchAround(cells, tier);
            int deepest = 0;
            int compared = 0;
            FrameDecoder frame = new FrameDecoder();
            harness.onFrame =
                    (buffer, offset) -> {
                        frame.wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
                        if ((frame.flags() & FrameWriter.KEYFRAME) != 0 && fleet.tick > 5) {
                            frame.left();
                            // A cell that nobody was in begins with one; none carries a crowd.
                            assertThat(frame.entered().count()).isLessThan(9);
                        }
                    };
            for (int i = 0; i < 600; i++) {
                if (i == 300) {
                    scatter(fleet, tier);
                }
                harness.tick();
                oracle.follow();
                compared += oracle.check(whole.view, due);
                deepest = Math.max(deepest, deepest(harness, tier));
                for (Harness.Receiver receiver : harness.receivers) {
                    assertThat(receiver.view.gaps()).as("gaps at tick %d", i).isZero();
                    assertThat(receiver.view.wrongChannels()).as("wrong at %d", i).isZero();
                }
            }
            assertThat(compared).isGreaterThan(150);
            assertThat(counters.splits()).isPositive();
            assertThat(counters.merges()).isPositive();
            assertThat(counters.recuts()).isGreaterThan(8);
            assertThat(deepest).isGreaterThan(0);
            assertThat(deepest(harness, tier)).as("all merged in the end").isZero();
            shouldHoldTheSame(harness, whole, cells);
            shouldAlternate(whole.log);
        }
    }

    private static void watchAround(Harness.Receiver receiver, Tier tier) {
        for (int x = -2; x < 2; x++) {
            for (int y = -2; y < 2; y++) {
                for (int z = -2; z < 2; z++) {
                    receiver.watch(ChannelId.of(SizeClass.CRAFT, tier, x, y, z));
                }
            }
        }
    }

    private static int deepest(Harness harness, Tier tier) {
        Members members = harness.encoder.channels.members;
        int deepest = 0;
        for (EntityId id : harness.fleet.placed()) {
            int member = members.find(id.value());
            if (member != Members.NONE) {
                Channel channel = members.channel[member * Members.TIERS + tier.ordinal()];
                deepest = Math.max(deepest, channel.level);
            }
        }
        return deepest;
    }

    private static void shouldHoldTheSame(
            Harness harness, Harness.Receiver whole, Harness.Receiver cells) {
        double[] one = new double[3];
        double[] two = new double[3];
        cells.view.forEach(entity -> {
            ReplicaEntity same = whole.view.find(entity.id());
            assertThat(same).isNotNull();
            assertThat(same.components()).isEqualTo(entity.components());
            assertThat(entity.place(harness.fleet.tick, Fleet.DT, one))
                    .isEqualTo(same.place(harness.fleet.tick, Fleet.DT, two));
            assertThat(two).isEqualTo(one);
        });
    }

    private static void shouldAlternate(List<String> log) {
        Set<String> held = new HashSet<>();
        for (String line : log) {
            String id = line.substring(1);
            assertThat(line.charAt(0) == '+' ? held.add(id) : held.remove(id)).as(line).isTrue();
        }
    }

    @Test
    void shouldTellNothingAnewWhereAllRest() {
        try (Harness harness = new Harness(new Fleet(3, 300), CONFIG)) {
            Fleet fleet = harness.fleet;
            Harness.Receiver receiver = harness.receiver(Tier.CLOSE);
            rocks(fleet, ABOVE);
            rest(harness, 20);
            int known = receiver.log.size();
            long rows = harness.encoder.counters().placeRows(Tier.CLOSE);
            EntityId ship = fleet.ship(SizeClass.CRAFT, 3);
            fleet.world.write(ship, new Position(400, 400, 400));
            fleet.halt();
            rest(harness, 20);
            assertThat(harness.encoder.counters().splits()).isPositive();
            assertThat(receiver.log.size()).as("one ship and its turrets").isEqualTo(known + 4);
            assertThat(harness.encoder.counters().placeRows(Tier.CLOSE) - rows).isLessThan(8);
            for (int i = 0; i < 2 * ABOVE / 3; i++) {
                fleet.world.destroy(fleet.rocks.get(i));
            }
            rest(harness, AFTER_TICKS + 70);
            assertThat(harness.encoder.counters().merges()).isPositive();
            assertThat(receiver.log).filteredOn(line -> line.startsWith("-")).isEmpty();
            assertThat(receiver.view.entities()).isEqualTo(ABOVE - 2 * ABOVE / 3 + 4);
            assertThat(harness.encoder.counters().placeRows(Tier.CLOSE) - rows).isLessThan(8);
            assertThat(receiver.view.gaps() + receiver.view.wrongChannels()).isZero();
        }
    }

    /** So many in one cell. */
    private static void rocks(Fleet fleet, int count) {
        for (int i = 0; i < count; i++) {
            fleet.world.write(
                    fleet.rock(), new Position(100 + 37 * i % 800, 300, 100 + 90 * i % 800));
        }
    }

    private static void rest(Harness harness, int ticks) {
        for (int i = 0; i < ticks; i++) {
            harness.fleet.rest();
            harness.publish();
        }
    }

    @Test
    void shouldWaitBeforeItMerges() {
        ChannelConfig slow = ChannelConfig.standard().withSplits(ABOVE, BELOW, 400);
        try (Harness harness = new Harness(new Fleet(3, 300), slow)) {
            rocks(harness.fleet, 2 * ABOVE);
            rest(harness, 3);
            long split = harness.encoder.counters().splits();
            assertThat(split).isPositive();
            for (int i = 0; i < 2 * ABOVE - 3; i++) {
                harness.fleet.world.destroy(harness.fleet.rocks.get(i));
            }
            rest(harness, 390);
            assertThat(harness.encoder.counters().merges()).isZero();
            rest(harness, 200);
            assertThat(harness.encoder.counters().merges()).isPositive();
        }
    }

    @Test
    void shouldMergeBelowItsBound() {
        for (int below : new int[] {0, 2, 3, 9}) {
            ChannelConfig config = ChannelConfig.standard().withSplits(ABOVE, below, 10);
            try (Harness harness = new Harness(new Fleet(3, 300), config)) {
                rocks(harness.fleet, 2 * ABOVE);
                rest(harness, 3);
                for (int i = 0; i < 2 * ABOVE - 2; i++) {
                    harness.fleet.world.destroy(harness.fleet.rocks.get(i));
                }
                rest(harness, 200);
                assertThat(harness.encoder.counters().merges() > 0)
                        .as("two are left, merge below %d", below)
                        .isEqualTo(below > 2);
            }
        }
    }

    @Test
    void shouldNotSplitWhereItIsOff() {
        ChannelConfig off = ChannelConfig.standard().withSplits(0, 0, 1);
        try (Harness harness = new Harness(crowd(7, Tier.CLOSE, 120), off)) {
            for (int i = 0; i < 50; i++) {
                harness.tick();
            }
            assertThat(harness.encoder.counters().splits()).isZero();
        }
    }

    @Test
    void shouldBecomeWholeWhenItLostWhatMoved() {
        for (long seed = 1; seed <= 6; seed++) {
            try (Harness harness = new Harness(crowd(seed, Tier.CLOSE, 90), CONFIG)) {
                Harness.Receiver receiver = harness.receiver(Tier.CLOSE);
                Harness.Receiver early = harness.receiver(Tier.CLOSE);
                Random chance = new Random(seed);
                early.hearsTemplate = template -> template != RecutDecoder.TEMPLATE_ID;
                receiver.hearsTemplate =
                        template -> template != RecutDecoder.TEMPLATE_ID || chance.nextInt(2) == 0;
                for (int i = 0; i < 120; i++) {
                    harness.tick();
                }
                scatter(harness.fleet, Tier.CLOSE);
                for (int i = 0; i < 150; i++) {
                    harness.tick();
                }
                assertThat(harness.encoder.counters().merges()).isPositive();
                assertThat(early.view.gaps()).isPositive();
                shouldBeWholeInTwoSeconds(harness, Tier.CLOSE);
            }
        }
    }

    @Test
    void shouldBecomeWholeWhenAllKindsOfMessagesAreLost() {
        for (long seed = 1; seed <= 6; seed++) {
            try (Harness harness = new Harness(crowd(seed, Tier.CLOSE, 90), CONFIG)) {
                Harness.Receiver receiver = harness.receiver(Tier.CLOSE);
                Random chance = new Random(seed);
                receiver.hears = channelId -> chance.nextInt(5) != 0;
                harness.takes = tier -> chance.nextInt(8) != 0;
                churn(harness, 400, chance);
                assertThat(harness.encoder.counters().splits()).isPositive();
                assertThat(harness.encoder.counters().merges()).isPositive();
                shouldBeWholeInTwoSeconds(harness, Tier.CLOSE);
            }
        }
    }

    /** Crowds come together and scatter. */
    private static void churn(Harness harness, int ticks, Random chance) {
        Fleet fleet = harness.fleet;
        for (int i = 0; i < ticks; i++) {
            if (i % 200 == 100) {
                scatter(fleet, Tier.CLOSE);
            } else if (i % 200 == 0) {
                for (EntityId id : fleet.placed()) {
                    if (fleet.world.exists(id)) {
                        fleet.world.write(
                                id, new Position(coordinate(chance), coordinate(chance), 40));
                    }
                }
            }
            harness.tick();
        }
    }

    private static double coordinate(Random chance) {
        return chance.nextDouble() * 500;
    }

    private static void shouldBeWholeInTwoSeconds(Harness harness, Tier tier) {
        harness.takes = any -> true;
        for (Harness.Receiver receiver : harness.receivers) {
            receiver.hears = channelId -> true;
            receiver.hearsTemplate = template -> true;
        }
        for (int i = 0; i < 2 * Fleet.TICK_HZ; i++) {
            harness.tick();
        }
        Oracle oracle = oracle(harness, tier);
        oracle.follow();
        Set<Long> alive = new HashSet<>();
        harness.fleet.placed().forEach(id -> alive.add(id.value()));
        harness.fleet.turrets.forEach(id -> alive.add(id.value()));
        for (Harness.Receiver receiver : harness.receivers) {
            oracle.check(receiver.view, new DueTimes(120, Fleet.TICK_HZ));
            Set<Long> held = new HashSet<>();
            receiver.view.forEach(entity -> held.add(entity.id().value()));
            assertThat(held).isEqualTo(alive);
            receiver.view.forEach(entity -> assertThat(entity.isStale()).isFalse());
            long wrong = receiver.view.wrongChannels();
            for (int i = 0; i < 30; i++) {
                harness.tick();
            }
            assertThat(receiver.view.wrongChannels()).as("checksums fit").isEqualTo(wrong);
        }
    }

    @Test
    void shouldPublishTheSameBytesForTheSameSeed() {
        assertThat(bytes(11)).isEqualTo(bytes(11)).isNotEqualTo(bytes(12));
    }

    private static long bytes(long seed) {
        CRC32 crc = new CRC32();
        try (Harness harness = new Harness(crowd(seed, Tier.CLOSE, 100), CONFIG)) {
            harness.receiver(Tier.CLOSE);
            harness.receiver(Tier.LOW);
            List<Consumer<byte[]>> listeners = new ArrayList<>();
            listeners.add(crc::update);
            harness.onMessage =
                    (buffer, offset, length) -> {
                        byte[] copy = new byte[length];
                        buffer.getBytes(offset, copy);
                        listeners.forEach(listener -> listener.accept(copy));
                    };
            churn(harness, 300, new Random(seed));
            assertThat(harness.encoder.counters().recuts()).isPositive();
        }
        return crc.getValue();
    }

    @Test
    void shouldAllocateNothingWhileSomeCellsAreSplit() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Harness harness = new Harness(crowd(5, Tier.CLOSE, 120), CONFIG)) {
            for (Tier tier : Tier.values()) {
                for (long id : InterestRules.wholeSystem(tier)) {
                    harness.encoder.subscriptions().onSubscribe(1, id);
                }
            }
            long least = Long.MAX_VALUE;
            for (int stretch = 0; stretch < 10; stretch++) {
                long allocated = 0;
                for (int i = 0; i < (stretch == 0 ? 1_500 : 200); i++) {
                    harness.fleet.step();
                    long before = threads.getCurrentThreadAllocatedBytes();
                    harness.encoder.locate(harness.fleet.tick);
                    harness.encoder.encode(harness.fleet.tick, harness.outbox);
                    harness.outbox.release(
                            (tier, channelId, buffer, offset, length) -> true, harness.encoder);
                    allocated += threads.getCurrentThreadAllocatedBytes() - before;
                }
                least = Math.min(least, allocated);
            }
            assertThat(deepest(harness, Tier.CLOSE)).isPositive();
            assertThat(least).as("bytes in 200 ticks").isZero();
        }
    }
}
