package dev.horizon.perf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.net.crowd.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** The load generator's own reading of messages, against the vectors that all clients share. */
class HeldTest {
    private static final int CLOSE = 0;
    private static final int MEDIUM = 1;

    private static ByteBuf golden(String name) throws Exception {
        try (InputStream in = HeldTest.class.getResourceAsStream("/golden/" + name + ".bin")) {
            assertThat(in).as("golden vector %s", name).isNotNull();
            return Unpooled.wrappedBuffer(in.readAllBytes());
        }
    }

    private static ByteBuf bundle(ByteBuf... messages) {
        ByteBuf out = Unpooled.buffer();
        for (ByteBuf each : messages) {
            out.writeShortLE(each.readableBytes());
            out.writeBytes(each, 0, each.readableBytes());
        }
        return out;
    }

    private static void apply(Held held, ByteBuf bundle) {
        Wire.messages(bundle, 0, bundle.readableBytes(), held);
    }

    @Test
    void shouldCountWhatIsHeldAndSentByTier() throws Exception {
        Held held = new Held();
        apply(held, bundle(golden("replication-view-fresh")));
        int closeBefore = held.count(CLOSE);
        int mediumBefore = held.count(MEDIUM);
        assertThat(closeBefore + mediumBefore).isPositive();
        assertThat(held.views).isEqualTo(1);
        assertThat(held.enteredBytes).isPositive();

        held.reset();
        apply(held, bundle(golden("replication-view"), golden("replication-changes")));
        assertThat(held.views).isEqualTo(1);
        assertThat(held.frames).isEqualTo(1);
        assertThat(held.entered[MEDIUM]).isEqualTo(1);
        assertThat(held.left).isEqualTo(1);
        assertThat(held.count(CLOSE) + held.count(MEDIUM)).isEqualTo(closeBefore + mediumBefore);
        assertThat(held.placeRows[CLOSE] + held.placeRows[MEDIUM]).isEqualTo(2);
        assertThat(held.rowBytes[CLOSE] + held.rowBytes[MEDIUM]).isEqualTo(5 + 14 + 12 + 6);
        assertThat(held.framePlaceRows).isPositive();
    }

    @Test
    void shouldCountLeanRows() throws Exception {
        Held held = new Held();
        apply(held, bundle(golden("replication-view-fresh"), golden("replication-view")));
        held.reset();
        apply(held, bundle(golden("replication-glance")));
        assertThat(held.views).isEqualTo(1);
        assertThat(held.placeRows[CLOSE]).isEqualTo(1);
        assertThat(held.placeRows[MEDIUM]).isEqualTo(2);
        assertThat(held.otherRows[CLOSE]).isEqualTo(1);
        assertThat(held.otherRows[MEDIUM]).isEqualTo(1);
        assertThat(held.rowBytes[CLOSE]).isEqualTo(3 + 5);
        assertThat(held.rowBytes[MEDIUM]).isEqualTo(9 + 17 + 9);
    }

    @Test
    void shouldTakeMessagesThatStandAlone() throws Exception {
        Held held = new Held();
        apply(held, golden("replication-changes"));
        assertThat(held.frames).isEqualTo(1);
    }

    @Test
    void shouldReadTicks() throws Exception {
        assertThat(Wire.tick(golden("replication-view"), 0, 0)).isEqualTo(120);
        assertThat(Wire.tick(golden("replication-glance"), 0, 120)).isEqualTo(140);
        assertThat(Wire.tick(golden("replication-beacon"), 0, 7)).isZero();
    }

    @Test
    void shouldRefuseBundleThatEndsTooEarly() throws Exception {
        ByteBuf whole = bundle(golden("replication-view"));
        assertThatThrownBy(() -> Wire.messages(whole, 0, whole.readableBytes() - 1, new Held()))
                .isInstanceOf(IllegalStateException.class);
    }
}
