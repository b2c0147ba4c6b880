package dev.horizon.tools.soak;

import dev.horizon.tools.soak.bots.Fleet;
import dev.horizon.tools.soak.bots.Reading;
import dev.horizon.tools.soak.plan.Sample;
import dev.horizon.tools.soak.plan.Series;
import dev.horizon.tools.soak.plan.SoakPlan;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Makes a sample of what the nodes and the bots say, and of what they said a second before. */
final class Sampler {
    private static final double KILO = 1e3;

    /** What the gateway in a node's process tells. */
    private static final List<Series> GATEWAYS_OWN =
            List.of(
                    Series.TOLD,
                    Series.QUEUED,
                    Series.QUEUED_MAX,
                    Series.FRAMES_DROPPED,
                    Series.GAPS);

    private final SoakPlan plan;
    private final Soaked soaked;
    private final List<NodeSampler> nodes = new ArrayList<>();
    private final GatewaySampler gateways;
    private final Fleet fleet;
    private final boolean isHere;
    private long lastNanos = System.nanoTime();
    private long lastBotNanos;

    /**
     * Begins.
     *
     * @param readers of the nodes, in their order
     * @param gateways in processes of their own
     * @param isHere true when the node is on this machine: then the clocks are one, and ages can be
     *     told
     */
    Sampler(
            SoakPlan plan,
            Soaked soaked,
            List<NodeReader> readers,
            List<NodeReader> gateways,
            Fleet fleet,
            boolean isHere) {
        this.plan = plan;
        this.soaked = soaked;
        this.fleet = fleet;
        this.isHere = isHere;
        this.gateways = new GatewaySampler(gateways);
        for (int i = 0; i < readers.size(); i++) {
            nodes.add(new NodeSampler(soaked.nodes().get(i).name(), readers.get(i)));
        }
    }

    /** From here on is counted. */
    void begin() {
        nodes.forEach(NodeSampler::begin);
        gateways.begin();
        lastNanos = System.nanoTime();
        soaked.errors();
        soaked.takeTransfers();
        fleet.take();
    }

    /** The sample of a second that is over. */
    Sample take(double second) {
        long nanos = System.nanoTime();
        double seconds = (nanos - lastNanos) / 1e9;
        lastNanos = nanos;
        Map<Series, Double> values = new EnumMap<>(Series.class);
        List<Sample.OfNode> told = new ArrayList<>();
        double budgetMillis = 0;
        for (NodeSampler node : nodes) {
            NodeSampler.Second of = node.take(seconds);
            if (of != null) {
                told.add(of.node());
                budgetMillis = of.budgetMillis();
                of.values().forEach((series, value) -> values.merge(series, value, series::ofTwo));
            }
        }
        if (told.size() < nodes.size()) {
            values.put(Series.HEALTHY, 0.0);
        }
        Reading bots = fleet.take();
        ofBots(values, bots, seconds);
        Histogram ages = bots.ages();
        if (plan.mesh().isThere()) {
            GATEWAYS_OWN.forEach(values::remove); // Players are at other processes.
            ages = gateways.take(values, seconds);
        }
        ofAges(values, ages);
        Soaked.Transfers transfers = soaked.takeTransfers();
        values.put(Series.TRANSFERS, (double) transfers.done());
        values.put(Series.TRANSFER_FAILURES, (double) transfers.reversed());
        values.put(Series.ASKED, (double) plan.playersAt(second));
        values.put(Series.NODE_ERRORS, (double) soaked.errors());
        schedule(budgetMillis);
        return new Sample(
                second, values, told, ages, bots.comebackMicros(), bots.gaps(), budgetMillis);
    }

    private void ofBots(Map<Series, Double> values, Reading bots, double seconds) {
        values.put(Series.PLAYING, (double) bots.playing());
        values.put(Series.RECEIVED, bots.bytes() / KILO / seconds);
        values.put(Series.MESSAGES, bots.messages() / seconds);
        values.put(Series.INPUTS, bots.inputs() / seconds);
        values.put(Series.LOST, (double) bots.lost());
        values.put(Series.COMEBACKS, (double) bots.comebacks());
        values.put(Series.REFUSALS, (double) bots.refusals());
        values.put(Series.LOGINS_FAILED, (double) bots.loginsFailed());
        values.put(Series.CROSSINGS, (double) bots.crossings());
        values.put(Series.CROSSERS, (double) bots.crossers());
        values.put(Series.SHIPS_LOST, (double) bots.shipsLost());
        if (bots.gaps().getTotalCount() > 0) {
            values.put(Series.CROSSING_GAP_MAX, bots.gaps().getMaxValue() / KILO);
        }
        long botNanos = ManagementFactory.getThreadMXBean().getThreadCpuTime(fleet.threadId());
        values.put(Series.BOT_SHARE, (botNanos - lastBotNanos) / 1e7 / seconds);
        lastBotNanos = botNanos;
        values.put(Series.BOT_LAG, bots.lag().getValueAtPercentile(99) / KILO);
    }

    private static void ofAges(Map<Series, Double> values, Histogram ages) {
        if (ages.getTotalCount() > 0) {
            values.put(Series.AGE_P50, ages.getValueAtPercentile(50) / KILO);
            values.put(Series.AGE_P99, ages.getValueAtPercentile(99) / KILO);
            values.put(Series.AGE_MAX, ages.getMaxValue() / KILO);
        }
    }

    /** Tells the bots when ticks are due; where there are several nodes, each has its own time. */
    private void schedule(double budgetMillis) {
        double origin = nodes.getFirst().originSeconds();
        if (isHere && nodes.size() == 1 && origin != 0 && budgetMillis != 0) {
            fleet.schedule(Math.round(origin * 1e9), Math.round(budgetMillis * 1e6));
        }
    }
}
