package dev.horizon.engine.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.events.OverloadStep;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.Size;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told less often, or later, while a node is overloaded. */
class ReliefTest {
    @ParameterizedTest
    @CsvSource({"5, 20, 2", "1, 20, 4", "0.2, 20, 4", "5, 60, 2", "7, 20, 4", "1, 1, 4"})
    void shouldComeDueAtOneInSoManyTimesAndSpreadOverThem(double rateHz, int tickHz, int times) {
        DueTimes due = new DueTimes(rateHz, tickHz);
        due.stretch(times);
        long ticks = 200L * due.longestWait();
        long sum = 0;
        long busiest = 0;
        for (int phase = 0; phase < due.period(); phase++) {
            long last = -1;
            int count = 0;
            for (long tick = 1; tick <= ticks; tick++) {
                if (due.isDue(phase, tick)) {
                    assertThat(tick - last).isLessThanOrEqualTo(due.longestWait() + 1L);
                    last = tick;
                    count++;
                }
            }
            double expected = ticks * Math.min(rateHz, tickHz) / tickHz / times;
            assertThat((double) count).isBetween(expected - 2, expected + 2);
            sum += count;
        }
        for (long tick = 1; tick <= ticks; tick++) {
            long at = tick;
            busiest =
                    Math.max(
                            busiest,
                            LongStream.range(0, due.period())
                                    .filter(phase -> due.isDue((int) phase, at))
                                    .count());
        }
        assertThat(busiest).as("not all at once, of %d", sum).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"MEDIUM, 2", "LOW, 4", "SENSOR, 4", "CLOSE, 1"})
    void shouldTellOfFarTiersLessOftenAndAsExactlyAgainAfterwards(Tier tier, int times) {
        try (Harness harness = new Harness(new Fleet(5, 500), ChannelConfig.standard())) {
            EntityId ship = mover(harness.fleet);
            Harness.Receiver receiver = harness.receiver(tier);
            int period = new DueTimes(harness.config.tier(tier).rateHz(), Fleet.TICK_HZ).period();
            long usual = frames(harness, ship, tier, 16 * period);
            harness.encoder.relieve(OverloadStep.FAR_TIERS_SLOWER);
            long under = frames(harness, ship, tier, 16 * period);
            harness.encoder.relieve(OverloadStep.NORMAL);
            long after = frames(harness, ship, tier, 16 * period);

            assertThat(usual).isBetween(15L, 17L);
            assertThat(under).isBetween(16L / times - 1, 16L / times + 1);
            assertThat(after).isBetween(15L, 17L);
            assertThat(receiver.view.gaps()).isZero();
        }
    }

    /** Frames of a tier while a ship is never where anybody expects it. */
    private static long frames(Harness harness, EntityId ship, Tier tier, int ticks) {
        long before = harness.encoder.counters().frames(tier);
        for (int i = 0; i < ticks; i++) {
            double x = 100 + 5 * harness.fleet.tick;
            harness.fleet.world.write(ship, new Position(x, 100, 100));
            harness.fleet.rest();
            harness.publish();
        }
        return harness.encoder.counters().frames(tier) - before;
    }

    private static EntityId mover(Fleet fleet) {
        return fleet.world.create(
                new Position(100, 100, 100),
                new Size(SizeClass.CAPITAL, 1),
                new Motion(0, 0, 0, 0, 0, 0));
    }

    @Test
    void shouldTellCosmeticsLaterAndAllElseInTime() {
        try (Harness harness = new Harness(new Fleet(5, 500), ChannelConfig.standard())) {
            Fleet fleet = harness.fleet;
            EntityId painted = painted(fleet);
            EntityId touched = painted(fleet);
            Harness.Receiver receiver = harness.receiver(Tier.CLOSE);
            harness.tick();
            harness.encoder.relieve(OverloadStep.COSMETICS_SHED);
            fleet.world.write(painted, new Fleet.Paint(2));
            fleet.world.write(touched, new Fleet.Paint(2));
            fleet.world.write(touched, new Fleet.Plating(7, 7));
            rest(harness, 50);

            assertThat(paint(receiver, painted)).isEqualTo(1);
            assertThat(paint(receiver, touched)).isEqualTo(1);
            assertThat(row(receiver, touched, PlatingColumn.TYPE).getInt(4)).isEqualTo(7);
            EntityId late = painted(fleet);
            rest(harness, 2);
            assertThat(paint(receiver, late)).as("who comes is told whole").isEqualTo(1);

            harness.encoder.relieve(OverloadStep.CLOSE_TIGHTER);
            rest(harness, 2);
            assertThat(paint(receiver, painted)).isEqualTo(2);
            assertThat(paint(receiver, touched)).isEqualTo(2);
        }
    }

    private static void rest(Harness harness, int ticks) {
        for (int i = 0; i < ticks; i++) {
            harness.fleet.rest();
            harness.publish();
        }
    }

    private static EntityId painted(Fleet fleet) {
        return fleet.world.create(
                new Position(100, 100, 100),
                new Size(SizeClass.CRAFT, 1),
                new Fleet.Plating(1, 1),
                new Fleet.Paint(1));
    }

    private static int paint(Harness.Receiver receiver, EntityId entity) {
        return row(receiver, entity, PaintColumn.TYPE).getInt(0);
    }

    private static ByteBuffer row(
            Harness.Receiver receiver, EntityId entity, ComponentType<?> type) {
        byte[] row = Objects.requireNonNull(receiver.view.find(entity)).component(type.wireId());
        return ByteBuffer.wrap(Objects.requireNonNull(row)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
