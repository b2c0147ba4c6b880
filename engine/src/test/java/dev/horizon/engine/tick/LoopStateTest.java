package dev.horizon.engine.tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.PositionColumn;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Test;

/** What ticks depend on beside the world, from one loop to another. */
class LoopStateTest {
    private static final Plugin THROWS =
            r -> {
                r.system(
                        SystemSpec.of(
                                "idle",
                                Stage.MOVE,
                                Access.reading(PositionColumn.TYPE),
                                (rows, tick) -> {}));
                r.events()
                        .on(
                                TickStarted.class,
                                (event, context) -> {
                                    throw new IllegalStateException("boom");
                                });
                r.events().on(TickStarted.class, (event, context) -> {});
            };

    @Test
    void shouldBringBackWhatIsInQuarantineAndTheRateOfTime() {
        byte[] state;
        try (Rig rig = new Rig(THROWS)) {
            rig.loop.operator().submit("engine:quarantine plugin-0/idle");
            rig.tick(1);
            rig.loop.metrics().dilation(400);
            assertThat(rig.plugins.events().quarantined()).hasSize(1);
            state = rig.loop.state();
        }
        try (Rig rig = new Rig(THROWS)) {
            read(rig, List.of(), state);
            assertThat(rig.loop.metrics().dilationPermille()).isEqualTo(400);
            assertThat(rig.plugins.events().quarantined()).hasSize(1);
            assertThat(rig.schedule.timings())
                    .filteredOn(system -> system.name().equals("plugin-0/idle"))
                    .allMatch(system -> system.quarantined());
            rig.tick(3);
            assertThat(rig.plugins.events().quarantine().reports()).as("none ran").isEmpty();
            assertThat(rig.loop.state()).isEqualTo(state);
        }
    }

    @Test
    void shouldCarryFurtherPartsAndRefuseThoseThatNobodyKnows() {
        Part written = new Part(77);
        byte[] state;
        try (Rig rig = new Rig()) {
            LoopState of = of(rig, List.of(written));
            ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
            state = new byte[of.write(buffer)];
            buffer.getBytes(0, state);
        }
        try (Rig rig = new Rig()) {
            Part read = new Part(0);
            read(rig, List.of(read), state);
            assertThat(read.value).isEqualTo(77);
            assertThatThrownBy(() -> read(rig, List.of(), state))
                    .isInstanceOfSatisfying(
                            HorizonException.class,
                            e -> assertThat(e.code()).isEqualTo("HZ-TAPE-011"))
                    .hasMessageContaining("'part'");
        }
    }

    private static void read(Rig rig, List<StatePart> parts, byte[] state) {
        of(rig, parts).read(state);
    }

    private static LoopState of(Rig rig, List<StatePart> parts) {
        List<StatePart> all = new ArrayList<>(parts);
        all.add(new TransferState(rig.noTransfers()));
        all.add(new HandoverState(rig.loop.sessions().handovers()));
        return new LoopState(rig.plugins.events(), rig.schedule, rig.loop.metrics(), all);
    }

    private static final class Part implements StatePart {
        int value;

        Part(int value) {
            this.value = value;
        }

        @Override
        public String name() {
            return "part";
        }

        @Override
        public int write(MutableDirectBuffer out, int offset) {
            out.putInt(offset, value, ByteOrder.LITTLE_ENDIAN);
            return Integer.BYTES;
        }

        @Override
        public void read(DirectBuffer in, int offset, int length) {
            value = in.getInt(offset, ByteOrder.LITTLE_ENDIAN);
        }
    }
}
