package dev.horizon.tools.soak.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aeron.protocol.DataHeaderFlyweight;
import java.net.InetSocketAddress;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class LossTest {
    private static final int LINES = 20;
    private static final int DATAGRAMS = 2_000;
    private static final InetSocketAddress SERVER = InetSocketAddress.createUnresolved("server", 1);

    private final Loss loss = new Loss(7);
    private final UnsafeBuffer datagram = new UnsafeBuffer(new byte[64]);

    private int lostOf(int line) {
        int lost = 0;
        datagram.putInt(DataHeaderFlyweight.SESSION_ID_FIELD_OFFSET, 31 * line);
        for (int i = 0; i < DATAGRAMS; i++) {
            lost += loss.shouldDropFrame(SERVER, datagram, datagram.capacity()) ? 1 : 0;
        }
        return lost;
    }

    @Test
    void shouldLoseAPartOfAShareOfTheLines() {
        loss.begin(0.2, 0.3);
        int met = 0;
        int all = 0;
        for (int line = 0; line < LINES; line++) {
            int lost = lostOf(line);
            all += lost;
            if (lost > 0) {
                met++;
                assertThat((double) lost / DATAGRAMS).isCloseTo(0.2, within(0.05));
            }
        }

        assertThat(met).isEqualTo(6);
        assertThat(loss.lost()).isEqualTo(all);
        for (int line = 0; line < LINES; line++) {
            met -= lostOf(line) > 0 ? 1 : 0;
        }
        assertThat(met).as("the same lines").isZero();
    }

    @Test
    void shouldLoseNothingBeforeAndAfter() {
        assertThat(lostOf(1)).isZero();
        loss.begin(1, 1);
        assertThat(lostOf(1)).isEqualTo(DATAGRAMS);
        loss.end();
        assertThat(lostOf(1)).isZero();
        assertThat(loss.lost()).isEqualTo(DATAGRAMS);
    }
}
