package dev.horizon.perf;

import dev.horizon.engine.ports.FrameHold;
import dev.horizon.engine.ports.ReplicationEncoder;
import dev.horizon.engine.world.Tier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps copies of a tick's frames, as the tick loop does, and then lets all of them go. */
final class HeldFrames implements FrameHold {
    private static final int BYTES_MAX = 64 << 20;
    private static final int FRAMES_MAX = 1 << 18;

    private final UnsafeBuffer copies = new UnsafeBuffer(new byte[BYTES_MAX]);
    private final long[] channels = new long[FRAMES_MAX];
    private final int[] offsets = new int[FRAMES_MAX];
    private int frames;
    private int end;

    @Override
    public boolean fits(int length) {
        return frames < FRAMES_MAX && end + length <= BYTES_MAX;
    }

    @Override
    public boolean offer(Tier tier, long channelId, DirectBuffer buffer, int offset, int length) {
        if (!fits(length)) {
            return false;
        }
        copies.putBytes(end, buffer, offset, length);
        channels[frames] = channelId;
        offsets[frames++] = end;
        end += length + 7 & ~7;
        return true;
    }

    void release(ReplicationEncoder encoder) {
        for (int i = 0; i < frames; i++) {
            if (encoder.mayRelease(channels[i], copies, offsets[i])) {
                encoder.released(channels[i], copies, offsets[i]);
            }
        }
        frames = 0;
        end = 0;
    }
}
