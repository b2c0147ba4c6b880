package dev.horizon.engine.tick;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.schemas.fuzz.Fuzz;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A tick reads its log's messages, whoever wrote them: damaged ones are counted, and the tick goes
 * on.
 */
class InputsFuzzTest {
    private static final int INPUTS_OF_A_NODE = 2_000;
    private static final int INPUTS_OF_A_TICK = 10;
    private static final int HEAD_BYTES = 12;

    /** Ten inputs and their tick, whose tables may grow. */
    private static final long ALLOCATED_MAX = 4 << 20;

    private static final List<String> NAMES =
            List.of(
                    "session-opened",
                    "session-closed",
                    "session-input",
                    "session-event",
                    "raw-client-message",
                    "dilation",
                    "overload-step",
                    "gateway-lost",
                    "operator-command",
                    "parcel",
                    "parcel-settled",
                    "service-offer",
                    "parcels-kept",
                    "refuse-jump",
                    "release-entity",
                    "session-follows",
                    "ticks-missed",
                    "tape-setup",
                    "tick-inputs",
                    "tick-hash",
                    "tape-start",
                    "async-result");

    private @Nullable Rig rig;
    private int inputs;

    @AfterEach
    void stop() {
        if (rig != null) {
            rig.close();
        }
    }

    @Test
    void shouldCountWhatIsDamagedAndGoOn() {
        long[] malformed = new long[1];
        Fuzz.ofGolden("tick-inputs", "ticklog-", NAMES)
                .withHead(HEAD_BYTES)
                .beginningAnew(
                        INPUTS_OF_A_NODE,
                        () -> {
                            malformed[0] += malformed();
                            stop();
                            rig = new Rig();
                            // Dominion makes its index, of 32 MB, when it is asked first.
                            rig.world.tablesWith(List.of());
                        })
                .allocatingAtMost(ALLOCATED_MAX)
                .run(bytes -> {
                    Rig now = Objects.requireNonNull(rig);
                    now.inputs.add(bytes);
                    if (++inputs % INPUTS_OF_A_TICK == 0) {
                        now.tick(1);
                        now.received.clear();
                    }
                    return true;
                });
        assertThat(malformed[0] + malformed()).isPositive();
    }

    private long malformed() {
        return rig == null ? 0 : rig.loop.metrics().count(Counter.INPUTS_MALFORMED);
    }
}
