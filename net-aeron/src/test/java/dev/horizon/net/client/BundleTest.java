package dev.horizon.net.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.schemas.fuzz.Fuzz;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What one binary message of a server holds. */
class BundleTest {
    /** Each message of a bundle, and the rows and tables that it makes. */
    private static final long ALLOCATED_MAX = 4 << 20;

    private static final List<String> NAMES =
            List.of(
                    "replication-view-fresh",
                    "replication-keyframe",
                    "replication-view",
                    "replication-glance",
                    "replication-changes",
                    "replication-beacon",
                    "replication-forget");

    private final List<byte[]> heard = new ArrayList<>();

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = BundleTest.class.getResourceAsStream("/golden/" + name + ".bin")) {
            assertThat(in).as(name).isNotNull();
            return in.readAllBytes();
        }
    }

    private static byte[] bundle(byte[]... messages) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            out.write(message.length);
            out.write(message.length >>> 8);
            out.writeBytes(message);
        }
        return out.toByteArray();
    }

    private void split(byte[] bytes) {
        heard.clear();
        Bundle.split(
                new UnsafeBuffer(bytes),
                bytes.length,
                (buffer, length) -> {
                    byte[] message = new byte[length];
                    buffer.getBytes(0, message);
                    heard.add(message);
                });
    }

    @Test
    void shouldTakeMessagesApart() throws IOException {
        byte[][] all = new byte[NAMES.size()][];
        for (int i = 0; i < all.length; i++) {
            all[i] = golden(NAMES.get(i));
        }
        split(bundle(all));
        assertThat(heard).containsExactly(all);
        split(new byte[0]);
        assertThat(heard).isEmpty();
    }

    @Test
    void shouldKeepMessagesOfTheSessionFromTheReplica() throws IOException {
        split(bundle(golden("session-pong"), golden("replication-forget")));
        assertThat(heard).containsExactly(golden("replication-forget"));
    }

    @Test
    void shouldRefuseLengthsThatLie() throws IOException {
        byte[] whole = bundle(golden("replication-forget"), golden("replication-beacon"));
        int first = 2 + golden("replication-forget").length;
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            if (length != first) {
                assertThatThrownBy(() -> split(cut))
                        .as("cut to %d", length)
                        .isInstanceOf(HorizonException.class)
                        .hasMessageContaining("refused");
            }
        }
    }

    @Test
    void shouldOnlyEverRefuse() throws IOException {
        LiveReplica replica = new LiveReplica();
        byte[][] all = new byte[NAMES.size()][];
        for (int i = 0; i < all.length; i++) {
            all[i] = golden(NAMES.get(i));
        }
        Fuzz.Outcome outcome =
                Fuzz.of("server-bundles", List.of(bundle(all), bundle(all[0], all[2])))
                        .allocatingAtMost(ALLOCATED_MAX)
                        .run(bytes -> {
                            try {
                                Bundle.split(new UnsafeBuffer(bytes), bytes.length, replica);
                                return true;
                            } catch (HorizonException e) {
                                assertThat(e.code()).startsWith("HZ-REP-");
                                return false;
                            }
                        });
        assertThat(outcome.taken()).isBetween(1L, outcome.inputs() - 1);
        assertThat(replica.bytes()).isPositive();
    }
}
