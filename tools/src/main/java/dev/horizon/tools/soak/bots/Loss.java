package dev.horizon.tools.soak.bots;

import io.aeron.driver.ext.LossGenerator;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/** Loses what comes in to Aeron's driver at a rate, by a seed. {@link #rate} is for any thread. */
final class Loss implements LossGenerator {
    private final SplittableRandom random;
    private volatile double rate;
    private volatile long lost;

    Loss(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Loses such a part from now on, from 0 to 1; how much was lost so far. */
    long rate(double part) {
        rate = part;
        return lost;
    }

    /** The driver's thread, which alone counts. */
    @Override
    public boolean shouldDropFrame(InetSocketAddress from, UnsafeBuffer buffer, int length) {
        double part = rate;
        boolean isLost = part > 0 && random.nextDouble() < part;
        if (isLost) {
            lost = lost + 1;
        }
        return isLost;
    }
}
