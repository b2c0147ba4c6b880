package dev.horizon.engine.tick;

import dev.horizon.engine.ports.InputSource;
import dev.horizon.schemas.ticklog.DilationEncoder;
import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Slows simulated time down while the recorder lags, before the node has to pause: from a quarter
 * of the ticks that may be held on, the more the slower. What it decides is an input, so that the
 * tape has it. Tick thread.
 */
final class LagDilation {
    private static final int NORMAL_PERMILLE = 1_000;
    private static final int SLOWEST_PERMILLE = 100;

    /** Coarse, so that it rarely changes. */
    private static final int STEP_PERMILLE = 100;

    /** Of those that may be held: fewer are a recorder's everyday life. */
    private static final int HELD_SHARE = 4;

    private static final int HELD_MIN = 3;

    private final int heldFrom;
    private final int heldMax;
    private final UnsafeBuffer buffer =
            new UnsafeBuffer(
                    new byte[MessageHeaderEncoder.ENCODED_LENGTH + DilationEncoder.BLOCK_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final DilationEncoder message = new DilationEncoder();
    private int said = NORMAL_PERMILLE;

    LagDilation(int heldTicksMax) {
        heldMax = heldTicksMax;
        heldFrom = Math.max(HELD_MIN, heldTicksMax / HELD_SHARE);
    }

    /** What time runs at while so many ticks are held, in 1/1000. */
    int permille(int heldTicks) {
        if (heldTicks <= heldFrom) {
            return NORMAL_PERMILLE;
        }
        int left = NORMAL_PERMILLE * (heldMax - heldTicks) / Math.max(1, heldMax - heldFrom);
        return Math.max(SLOWEST_PERMILLE, left / STEP_PERMILLE * STEP_PERMILLE);
    }

    /** Hands over an input when time has to run at another rate. */
    void poll(int heldTicks, InputSource.InputHandler handler) {
        int wanted = permille(heldTicks);
        if (wanted != said) {
            message.wrapAndApplyHeader(buffer, 0, header).permille(wanted);
            if (handler.onInput(buffer, 0, buffer.capacity())) {
                said = wanted;
            }
        }
    }
}
