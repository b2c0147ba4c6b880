package dev.horizon.net.edge;

import com.sun.management.ThreadMXBean;
import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.channels.EncoderCounters;
import dev.horizon.engine.channels.InterestRules;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import dev.horizon.schemas.replication.BeaconDecoder;
import dev.horizon.schemas.replication.FrameDecoder;
import dev.horizon.schemas.replication.MessageHeaderDecoder;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.agrona.DirectBuffer;

/**
 * What splitting cells buys at one tier, by the bound above which they split: bytes that the node
 * sends, bytes of whole channels within a client's reach, entities looked at to find what is near,
 * channels, processor time to encode, bytes of a keyframe after a loss. Run its main; the numbers
 * stand in {@code docs/adr/0005-cells-split-and-merge.md}.
 */
public final class CellsBenchmark {
    private static final int WARM_TICKS = 120;
    private static final int VIEWERS = 24;
    private static final int[] ABOVE = {0, 2_048, 1_024, 512, 256, 128, 64};

    private final Tier tier;
    private final ChannelConfig config;
    private final Battlefield field;
    private final List<double[]> viewers = new ArrayList<>();
    private final InterestRules rules;
    private final Reach reach;
    private final FrameDecoder frame = new FrameDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final Edge edge;
    private final List<Viewer> watching = new ArrayList<>();
    private boolean counts;
    private long sent;
    private long within;

    private CellsBenchmark(Tier tier, int ships, double extent, int above) {
        this.tier = tier;
        config = ChannelConfig.standard().withSplits(above, above * 3 / 8, 200);
        rules = new InterestRules(config);
        reach = new Reach(config);
        field = new Battlefield(1, config);
        field.extent = extent;
        edge =
                new Edge(
                        new EdgeCache(),
                        config,
                        new EdgeConfig(5, 32, 20, 1_024, 0, 32),
                        new Seats());
        field.subscribe(tier);
        Random random = new Random(2);
        for (int i = 0; i < ships; i++) {
            field.ship(SizeClass.CRAFT, place(extent), place(extent), place(extent), 0);
        }
        for (int i = 0; i < VIEWERS; i++) {
            double[] p = new double[3];
            for (int axis = 0; axis < 3; axis++) {
                p[axis] = (random.nextDouble() * 2 - 1) * extent;
            }
            viewers.add(p);
            Viewer viewer = edge.join(i);
            viewer.focus(0, p[0], p[1], p[2], Double.POSITIVE_INFINITY, new long[0], 0);
            watching.add(viewer);
        }
    }

    private double place(double extent) {
        return field.between(-extent, extent);
    }

    /** Arguments: tier, ships, metres of the cube's half side, ticks. */
    public static void main(String[] arguments) {
        Tier tier = Tier.valueOf(arguments.length > 0 ? arguments[0] : "LOW");
        int ships = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 12_000;
        double extent = arguments.length > 2 ? Double.parseDouble(arguments[2]) : 150_000;
        int ticks = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 200;
        for (int above : ABOVE) {
            new CellsBenchmark(tier, ships, extent, above).run(ticks);
        }
    }

    private void run(int ticks) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long encodeNanos = 0;
        for (int tick = 1; tick <= WARM_TICKS + ticks; tick++) {
            field.move(30);
            counts = tick > WARM_TICKS;
            long before = threads.getCurrentThreadCpuTime();
            field.publish(this::hear);
            encodeNanos += counts ? threads.getCurrentThreadCpuTime() - before : 0;
            edge.cache().tick(field.tick);
            for (Viewer viewer : watching) {
                edge.follow(viewer);
                edge.gather(viewer);
            }
            edge.endRound();
        }
        long visited = edge.visits();
        long evaluated = edge.evaluations();
        EncoderCounters counters = field.encoder.counters();
        double seconds = (double) ticks / Battlefield.TICK_HZ;
        int[] channels = new int[2];
        double keyframe = keyframe(channels);
        System.out.printf(
                Locale.ROOT,
                "%s, split above %5d: %d channels, node sends %.1f kB/s, a client's reach gets %.1f"
                        + " kB/s, %.0f entities looked at, keyframe %.0f B, tick %.0f us, %d"
                        + " splits, %d merges%n",
                tier,
                config.splitAbove(),
                channels[0],
                sent / seconds / 1e3,
                within / seconds / 1e3 / VIEWERS,
                (double) visited / Math.max(1, evaluated),
                keyframe,
                encodeNanos / 1e3 / ticks,
                counters.splits(),
                counters.merges());
        field.close();
    }

    private void hear(DirectBuffer buffer, int length) {
        int template = buffer.getShort(2);
        if (template == BeaconDecoder.TEMPLATE_ID) {
            return;
        }
        edge.cache().apply(buffer, 0, length);
        if (!counts || template != FrameDecoder.TEMPLATE_ID) {
            return;
        }
        sent += length;
        frame.wrapAndApplyHeader(buffer, 0, header);
        long id = frame.channelId();
        int kind = Reach.kind(ChannelId.sizeClass(id).ordinal(), tier.ordinal());
        double far = reach.cells(kind, Double.POSITIVE_INFINITY) + reach.slack[kind];
        for (double[] p : viewers) {
            within += rules.distance(id, p[0], p[1], p[2]) <= far ? length : 0;
        }
    }

    /** Mean bytes of a keyframe, by entity: that of the channel which a lost row belongs to. */
    private double keyframe(int[] channels) {
        long[] sums = new long[2];
        field.subscribe(tier);
        field.move(0);
        field.publish((buffer, length) -> {
            if (buffer.getShort(2) != FrameDecoder.TEMPLATE_ID) {
                return;
            }
            frame.wrapAndApplyHeader(buffer, 0, header);
            if ((frame.flags() & 1) != 0) {
                frame.left().forEach(row -> {});
                int entered = frame.entered().count();
                sums[0] += (long) entered * length;
                sums[1] += entered;
                channels[0] += entered > 0 ? 1 : 0;
            }
        });
        return (double) sums[0] / Math.max(1, sums[1]);
    }
}
