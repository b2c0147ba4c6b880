package dev.horizon.net.edge;

import com.sun.management.ThreadMXBean;
import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import dev.horizon.schemas.replication.BeaconDecoder;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a gathered message costs: processor time of this thread, for viewers who each steer a ship
 * among others. Run its main; the numbers stand in {@code docs/adr/0006-one-view-per-client.md}.
 */
public final class GatherBenchmark {
    private static final int WARM_TICKS = 400;

    private GatherBenchmark() {}

    /** Arguments: ships, viewers, metres of the cube's half side, ticks. */
    public static void main(String[] arguments) {
        int ships = number(arguments, 0, 1_000);
        int viewers = number(arguments, 1, 300);
        double extent = number(arguments, 2, 17_000);
        int ticks = number(arguments, 3, 400);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().threadId();
        ChannelConfig config = ChannelConfig.standard();
        EdgeConfig unlimited = new EdgeConfig(5, 32, 20, 1_024, 0, 32);
        try (Battlefield field = new Battlefield(1, config)) {
            field.extent = extent;
            field.subscribe(Tier.CLOSE);
            field.subscribe(Tier.MEDIUM);
            for (int i = 0; i < ships; i++) {
                field.ship(
                        SizeClass.CRAFT,
                        field.between(-extent, extent),
                        field.between(-extent, extent),
                        field.between(-extent, extent),
                        0);
            }
            Edge edge = new Edge(new EdgeCache(), config, unlimited, new Seats());
            List<Viewer> all = new ArrayList<>();
            for (int i = 0; i < viewers; i++) {
                Viewer viewer = edge.join(i);
                long own = field.ships.get(i % ships).value();
                viewer.focus(own, 0, 0, 0, Double.POSITIVE_INFINITY, new long[0], 0);
                all.add(viewer);
            }
            long applyNanos = 0;
            long followNanos = 0;
            long framesApplied = 0;
            long gatherNanos = 0;
            long allocated = 0;
            long bytes = 0;
            long messages = 0;
            long held = 0;
            long rows = 0;
            for (int tick = 1; tick <= WARM_TICKS + ticks; tick++) {
                field.move(30);
                List<byte[]> frames = new ArrayList<>();
                field.publish((buffer, length) -> {
                    if (buffer.getShort(2) != BeaconDecoder.TEMPLATE_ID) {
                        byte[] copy = new byte[length];
                        buffer.getBytes(0, copy);
                        frames.add(copy);
                    }
                });
                long t0 = threads.getCurrentThreadCpuTime();
                UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
                for (byte[] frame : frames) {
                    buffer.wrap(frame);
                    edge.cache().apply(buffer, 0, frame.length);
                }
                long applied = threads.getCurrentThreadCpuTime() - t0;
                edge.cache().tick(field.tick);
                long rowsBefore = edge.rowsWritten();
                t0 = threads.getCurrentThreadCpuTime();
                for (int i = 0; i < viewers; i++) {
                    edge.follow(all.get(i));
                }
                long t1 = threads.getCurrentThreadCpuTime();
                long a0 = threads.getThreadAllocatedBytes(self);
                long sent = 0;
                int count = 0;
                for (int i = 0; i < viewers; i++) {
                    int length = edge.gather(all.get(i));
                    sent += length;
                    count += length > 0 ? 1 : 0;
                }
                long a1 = threads.getThreadAllocatedBytes(self);
                long t2 = threads.getCurrentThreadCpuTime();
                edge.endRound();
                if (tick > WARM_TICKS) {
                    applyNanos += applied;
                    framesApplied += frames.size();
                    followNanos += t1 - t0;
                    gatherNanos += t2 - t1;
                    allocated += a1 - a0;
                    bytes += sent;
                    messages += count;
                    rows += edge.rowsWritten() - rowsBefore;
                    for (Viewer viewer : all) {
                        held += viewer.held();
                    }
                }
            }
            long gathers = (long) viewers * ticks;
            System.out.printf(
                    Locale.ROOT,
                    "%d ships, %d viewers: held %.1f, rows %.2f a gather, %.0f ns a gather"
                            + " (%.1f ns a held entity, %.1f ns a row), follow %.0f ns a viewer and"
                            + " tick, apply %.0f us a tick (%.0f frames), %.1f B a message, %.2f B a held entity"
                            + " and tick, %.2f B allocated a gather, %d entities in the cache%n",
                    ships,
                    viewers,
                    (double) held / gathers,
                    (double) rows / gathers,
                    (double) gatherNanos / gathers,
                    (double) gatherNanos / held,
                    (double) gatherNanos / Math.max(1, rows),
                    (double) followNanos / gathers,
                    applyNanos / 1e3 / ticks,
                    (double) framesApplied / ticks,
                    (double) bytes / Math.max(1, messages),
                    (double) bytes / held,
                    (double) allocated / gathers,
                    edge.cache().entityCount());
        }
    }

    private static int number(String[] arguments, int at, int otherwise) {
        return arguments.length > at ? Integer.parseInt(arguments[at]) : otherwise;
    }
}
