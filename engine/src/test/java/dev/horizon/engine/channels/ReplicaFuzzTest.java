package dev.horizon.engine.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.schemas.fuzz.Fuzz;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Streams of replication messages that a hostile network made: cut, damaged, forged, repeated, in
 * another order.
 */
class ReplicaFuzzTest {
    private static final int CHANNELS_MAX = 50;
    private static final int ENTITIES_MAX = 100;
    private static final int ROUNDS_OF_A_VIEW = 500;
    private static final int HEAD_BYTES = 40;

    /** A keyframe and the rows that it makes. */
    private static final long ALLOCATED_MAX = 1 << 20;

    private static final List<String> NAMES =
            List.of(
                    "keyframe",
                    "changes",
                    "more",
                    "empty-keyframe",
                    "view-fresh",
                    "view",
                    "glance",
                    "flight",
                    "flight-steered",
                    "glance-flight",
                    "glance-steered",
                    "beacon",
                    "recut",
                    "forget");

    private final double[] out = new double[4];
    private ReplicaView view = view();
    private long refused;

    @Test
    void shouldRefuseWithACodeOrApply() {
        Fuzz.Outcome outcome =
                Fuzz.ofGolden("replication", "replication-", NAMES)
                        .withHead(HEAD_BYTES)
                        .beginningAnew(ROUNDS_OF_A_VIEW, () -> view = view())
                        .allocatingAtMost(ALLOCATED_MAX)
                        .run(this::apply);
        assertThat(outcome.taken()).isBetween(1L, outcome.inputs() - 1);
        assertThat(refused).isPositive();
    }

    private boolean apply(byte[] message) {
        boolean isApplied = false;
        try {
            isApplied = view.apply(new UnsafeBuffer(message), 0, message.length);
        } catch (HorizonException e) {
            assertThat(e.code()).startsWith("HZ-REP-");
            refused++;
        }
        assertThat(view.entities()).isLessThanOrEqualTo(ENTITIES_MAX);
        assertThat(view.channels()).isLessThanOrEqualTo(CHANNELS_MAX);
        view.forEach(this::lookAt);
        return isApplied;
    }

    private static ReplicaView view() {
        return ReplicaView.open(channelId -> {}, CHANNELS_MAX, ENTITIES_MAX);
    }

    /** What is held must be whole enough to be shown. */
    private void lookAt(ReplicaEntity entity) {
        entity.place(1e6, 0.05, out);
        entity.attitude(1e6, 0.05, out);
        assertThat(entity.tier()).isNotNull();
        assertThat(entity.sizeClass()).isNotNull();
    }
}
