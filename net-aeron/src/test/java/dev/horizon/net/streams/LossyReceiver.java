package dev.horizon.net.streams;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.driver.ext.DebugReceiveChannelEndpoint;
import io.aeron.driver.ext.LossGenerator;
import java.net.InetSocketAddress;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/** Drops what comes in to a media driver at a rate, seeded, or all of it. */
final class LossyReceiver implements LossGenerator, LossyFlight.Loss {
    private final Random random;
    private volatile double rate;
    private volatile long dropped;

    LossyReceiver(long seed) {
        random = new Random(seed);
    }

    /** A driver with its shared memory in a directory of its own. */
    static MediaDriver.Context driver(String directory) {
        return new MediaDriver.Context()
                .aeronDirectoryName(directory)
                .threadingMode(ThreadingMode.SHARED)
                .termBufferSparseFile(true)
                .dirDeleteOnShutdown(true);
    }

    MediaDriver.Context in(MediaDriver.Context driver) {
        return driver.receiveChannelEndpointSupplier((channel, dispatcher, status, context) ->
                new DebugReceiveChannelEndpoint(channel, dispatcher, status, context, this, this));
    }

    @Override
    public boolean shouldDropFrame(InetSocketAddress from, UnsafeBuffer buffer, int length) {
        boolean isDropped = rate > 0 && random.nextDouble() < rate;
        if (isDropped) {
            dropped++;
        }
        return isDropped;
    }

    @Override
    public void rate(double newRate) {
        rate = newRate;
    }

    @Override
    public long dropped() {
        return dropped;
    }
}
