package dev.horizon.perf.battle;

import dev.horizon.engine.channels.ReplicaEntity;
import dev.horizon.engine.channels.ReplicaView;
import dev.horizon.engine.world.Tier;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.Welcome;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A player who compares what the Java SDK shows with the truth, entity by entity, at each tick that
 * something near came of. Connection's thread; figures are read when it is closed.
 */
final class Witness implements HorizonClient.BinaryHandler {
    private static final int VIEW = 5;
    private static final int GLANCE = 7;
    private static final int TIERS = Tier.values().length;

    /** Of the histograms: a thousandth of a metre or degree. */
    static final double STEP = 1e-3;

    private static final long MOST = 10_000_000;

    private final Truth truth;
    private final ReplicaView view = ReplicaView.open(channelId -> {});
    private final double[] real = new double[7];
    private final double[] shown = new double[4];
    private final Histogram[] placeErrors = new Histogram[TIERS];
    private final Histogram[] attitudeErrors = new Histogram[TIERS];
    private double tickSeconds = 0.05;
    private volatile boolean counts;
    private long faults;
    private long now;

    Witness(Truth truth) {
        this.truth = truth;
        for (int i = 0; i < TIERS; i++) {
            placeErrors[i] = new Histogram(MOST, 3);
            attitudeErrors[i] = new Histogram(MOST, 3);
        }
    }

    /** From now on, errors count. */
    void begin() {
        counts = true;
    }

    /** From now on, they don't. */
    void end() {
        counts = false;
    }

    @Override
    public void onWelcome(Welcome welcome) {
        view.tickHz(welcome.tickHz());
        tickSeconds = 1.0 / welcome.tickHz();
    }

    @Override
    public void onMessage(UnsafeBuffer buffer, int length) {
        int template = buffer.getShort(2) & 0xFFFF;
        // Both begin with the tick: another one means that all of the last has come.
        if (counts
                && (template == VIEW || template == GLANCE)
                && buffer.getShort(8) != (short) now) {
            view.forEach(this::compare);
        }
        try {
            view.apply(buffer, 0, length);
        } catch (RuntimeException e) {
            faults++;
            return;
        }
        now = view.lastTick();
    }

    private void compare(ReplicaEntity entity) {
        Tier tier = entity.tier();
        if (tier != Tier.CLOSE && tier != Tier.MEDIUM) {
            return;
        }
        if (truth.of(entity.id().value(), now, real) == null
                || !entity.place(now, tickSeconds, shown)) {
            return;
        }
        double x = shown[0] - real[0];
        double y = shown[1] - real[1];
        double z = shown[2] - real[2];
        record(placeErrors[tier.ordinal()], Math.sqrt(x * x + y * y + z * z));
        if (entity.attitude(now, tickSeconds, shown)) {
            double dot = 0;
            for (int i = 0; i < 4; i++) {
                dot += shown[i] * real[3 + i];
            }
            double degrees = Math.toDegrees(2 * Math.acos(Math.min(1, Math.abs(dot))));
            record(attitudeErrors[tier.ordinal()], degrees);
        }
    }

    private static void record(Histogram of, double value) {
        of.recordValue(Math.min(MOST, Math.round(value / STEP)));
    }

    /** Metres at a tier, in steps. */
    Histogram placeErrors(Tier tier) {
        return placeErrors[tier.ordinal()];
    }

    /** Degrees at a tier, in steps. */
    Histogram attitudeErrors(Tier tier) {
        return attitudeErrors[tier.ordinal()];
    }

    /** Entities that it shows. */
    int entities() {
        return view.entities();
    }

    /** Messages that could not be applied. */
    long faults() {
        return faults;
    }
}
