package dev.horizon.tools.soak.bots;

import io.aeron.driver.ext.LossGenerator;
import io.aeron.protocol.DataHeaderFlyweight;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/** Loses what comes in to Aeron's driver, by a seed. What is public is for any thread. */
final class Loss implements LossGenerator {
    /**
     * What is lost.
     *
     * @param rate of the datagrams of a line, from 0 to 1
     * @param share of the lines, from 0 to 1
     * @param lines which of them lose, by their session's number; the driver's thread alone
     */
    private record Draw(double rate, double share, Map<Integer, Boolean> lines) {
        /** Of any first so many lines that are heard of, as many as the share says. */
        boolean isMet(int line) {
            int before = lines.size();
            return lines.computeIfAbsent(
                    line, of -> Math.floor((before + 1) * share) > Math.floor(before * share));
        }
    }

    private static final Draw NOTHING = new Draw(0, 0, Map.of());

    private final SplittableRandom random;
    private volatile Draw draw = NOTHING;
    private volatile long lost;

    Loss(long seed) {
        random = new SplittableRandom(seed);
    }

    /** From now on, such a part is lost of such a share of the lines, both from 0 to 1. */
    public void begin(double rate, double share) {
        draw = new Draw(rate, share, new HashMap<>());
    }

    /** Nothing is lost any more. */
    public void end() {
        draw = NOTHING;
    }

    /** How many were lost so far. */
    public long lost() {
        return lost;
    }

    /** The driver's thread, which alone counts. */
    @Override
    public boolean shouldDropFrame(InetSocketAddress from, UnsafeBuffer buffer, int length) {
        Draw of = draw;
        if (of.rate() == 0 || length < DataHeaderFlyweight.HEADER_LENGTH) {
            return false;
        }
        // Frames to a receiver say their session at one place.
        int line = buffer.getInt(DataHeaderFlyweight.SESSION_ID_FIELD_OFFSET);
        boolean isLost = of.isMet(line) && random.nextDouble() < of.rate();
        if (isLost) {
            lost = lost + 1;
        }
        return isLost;
    }
}
