package dev.horizon.engine.tick;

import dev.horizon.engine.overload.OverloadConfig;
import dev.horizon.engine.overload.OverloadLadder;
import dev.horizon.engine.ports.InputSource;
import dev.horizon.schemas.ticklog.DilationEncoder;
import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import dev.horizon.schemas.ticklog.OverloadStepEncoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done while ticks take too long or the recorder lags. Both are known of real time
 * alone, so what comes of them are inputs: the tape has each step, and a replay, which has no
 * ladder, takes the same ones at the same ticks. Tick thread.
 */
final class Overload {
    private static final int NORMAL_PERMILLE = 1_000;

    private final LagDilation lag;
    private final TickMetrics metrics;
    private final boolean isDeciding;
    private final OverloadLadder ladder;
    private final UnsafeBuffer stepBuffer =
            new UnsafeBuffer(
                    new byte
                            [MessageHeaderEncoder.ENCODED_LENGTH
                                    + OverloadStepEncoder.BLOCK_LENGTH]);
    private final UnsafeBuffer rateBuffer =
            new UnsafeBuffer(
                    new byte[MessageHeaderEncoder.ENCODED_LENGTH + DilationEncoder.BLOCK_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OverloadStepEncoder stepMessage = new OverloadStepEncoder();
    private final DilationEncoder rateMessage = new DilationEncoder();

    /** What the lag alone came to, of a loop that decides nothing else. */
    private int saidPermille = NORMAL_PERMILLE;

    /**
     * Of a loop.
     *
     * @param config null where the inputs have what another loop decided
     */
    Overload(@Nullable OverloadConfig config, int heldTicksMax, TickMetrics metrics) {
        this.lag = new LagDilation(heldTicksMax);
        this.metrics = metrics;
        this.isDeciding = config != null;
        this.ladder =
                new OverloadLadder(
                        config == null ? OverloadConfig.OFF : config, metrics.budgetNanos());
    }

    /** Hands over inputs where something else has to be done than is. */
    void poll(int heldTicks, InputSource.InputHandler handler) {
        int wanted = Math.min(lag.permille(heldTicks), ladder.ratePermille());
        if (isDeciding && ladder.step() != metrics.overloadStep()) {
            stepMessage
                    .wrapAndApplyHeader(stepBuffer, 0, header)
                    .step((short) ladder.step().ordinal())
                    .loadPermille(ladder.loadPermille());
            handler.onInput(stepBuffer, 0, stepBuffer.capacity());
        }
        if (wanted != (isDeciding ? metrics.dilationPermille() : saidPermille)) {
            rateMessage.wrapAndApplyHeader(rateBuffer, 0, header).permille(wanted);
            if (handler.onInput(rateBuffer, 0, rateBuffer.capacity())) {
                saidPermille = wanted;
            }
        }
    }

    /** A tick is done; allocates nothing. */
    void tickDone(long nowNanos, long nanos) {
        ladder.tickDone(nowNanos, nanos);
        metrics.loadPermille(ladder.loadPermille());
    }
}
