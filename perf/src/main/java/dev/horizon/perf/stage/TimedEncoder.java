package dev.horizon.perf.stage;

import dev.horizon.engine.channels.ChannelEncoder;
import dev.horizon.engine.ports.FrameHold;
import dev.horizon.engine.ports.FrameSink;
import dev.horizon.engine.ports.ReplicationEncoder;
import dev.horizon.engine.world.Tier;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.DirectBuffer;

/**
 * An encoder, and the sink of its frames, that say what processor time they took of the tick
 * thread. Written by that thread; read by others when it rests.
 */
public final class TimedEncoder implements ReplicationEncoder {
    /** Latest ticks whose cost is kept one by one. */
    public static final int TICKS_KEPT = 4_096;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Told of each tick's end, before it is encoded: what is published of it is the truth now. */
    @FunctionalInterface
    public interface TickListener {
        /** A tick's changes are done. Tick thread. */
        void onTick(long tick);
    }

    private final ChannelEncoder encoder;
    private final TickListener listener;
    private final AtomicLongArray ofTicks = new AtomicLongArray(TICKS_KEPT);
    private volatile long encodeNanos;
    private volatile long publishNanos;
    private volatile long ticks;
    private long before;

    TimedEncoder(ChannelEncoder encoder, TickListener listener) {
        this.encoder = encoder;
        this.listener = listener;
    }

    /** Of locating and encoding, since the start. */
    public long encodeNanos() {
        return encodeNanos;
    }

    /** Of handing frames to their streams, since the start. */
    public long publishNanos() {
        return publishNanos;
    }

    /** Since the start. */
    public long ticks() {
        return ticks;
    }

    /**
     * Nanoseconds that one of the latest {@link #TICKS_KEPT} ticks took, by its number since the
     * start: to encode it, and to publish what was encoded before.
     */
    public long tickNanos(long number) {
        return ofTicks.get((int) (number % TICKS_KEPT));
    }

    @Override
    public void look(long tick) {
        listener.onTick(tick);
        long from = THREADS.getCurrentThreadCpuTime();
        encoder.look(tick);
        encodeNanos += THREADS.getCurrentThreadCpuTime() - from;
    }

    @Override
    public void locate(long tick) {
        long from = THREADS.getCurrentThreadCpuTime();
        encoder.locate(tick);
        encodeNanos += THREADS.getCurrentThreadCpuTime() - from;
    }

    @Override
    public void encode(long tick, FrameHold out) {
        long from = THREADS.getCurrentThreadCpuTime();
        encoder.encode(tick, out);
        encodeNanos += THREADS.getCurrentThreadCpuTime() - from;
        long all = encodeNanos + publishNanos;
        ofTicks.set((int) (ticks % TICKS_KEPT), all - before);
        before = all;
        ticks++;
    }

    @Override
    public boolean mayRelease(long channelId, DirectBuffer message, int offset) {
        return encoder.mayRelease(channelId, message, offset);
    }

    @Override
    public void released(long channelId, DirectBuffer message, int offset) {
        encoder.released(channelId, message, offset);
    }

    @Override
    public void lost(long channelId, DirectBuffer message, int offset) {
        encoder.lost(channelId, message, offset);
    }

    /** The same for a sink. */
    FrameSink timed(FrameSink sink) {
        return new FrameSink() {
            @Override
            public boolean offer(
                    Tier tier, long channelId, DirectBuffer buffer, int offset, int length) {
                long from = THREADS.getCurrentThreadCpuTime();
                boolean taken = sink.offer(tier, channelId, buffer, offset, length);
                publishNanos += THREADS.getCurrentThreadCpuTime() - from;
                return taken;
            }
        };
    }
}
