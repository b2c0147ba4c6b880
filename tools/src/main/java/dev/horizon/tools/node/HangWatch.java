package dev.horizon.tools.node;

import dev.horizon.engine.dispatch.Quarantine;
import dev.horizon.engine.dispatch.QuarantineReport;
import dev.horizon.engine.events.PluginStarted;
import dev.horizon.engine.events.RegionStarted;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.RunningCode;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.tools.config.NodeSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches what the tick runs, and says what cost more than its budget. Code that holds a tick for
 * longer than its budget is reported with its stack; beyond the limit the process ends, for nothing
 * can stop a thread, and its next life goes on from the tape without that plugin. Time in which
 * this thread didn't run either, as while the process was stopped, doesn't count.
 */
final class HangWatch implements AutoCloseable {
    /** Says that a node that is started again will do better. */
    static final int EXIT_AGAIN = 5;

    private static final Logger LOG = LoggerFactory.getLogger(HangWatch.class);
    private static final int LOOKS_PER_BUDGET = 4;

    private final TickLoop loop;
    private final NodeSettings node;
    private final Quarantine reports = new Quarantine();
    private final Set<String> reported = new HashSet<>();
    private final long periodNanos;
    private final Thread thread;
    private volatile boolean isClosing;
    private String name = "";
    private long tick;
    private long heldNanos;
    private long said;

    HangWatch(TickLoop loop, NodeSettings node) {
        this.loop = loop;
        this.node = node;
        periodNanos = loop.metrics().budgetNanos() / LOOKS_PER_BUDGET;
        thread = Thread.ofPlatform().daemon().name("hang watch").start(this::run);
    }

    /** Code that held a tick for longer than its budget, each once. */
    Quarantine reports() {
        return reports;
    }

    private void run() {
        long last = System.nanoTime();
        while (!isClosing) {
            LockSupport.parkNanos(this, periodNanos);
            long now = System.nanoTime();
            look(Math.min(now - last, 2 * periodNanos));
            last = now;
        }
    }

    /** The tick thread says nothing itself. */
    private void sayOverruns() {
        long total = loop.overruns().total();
        if (total != said) {
            List<QuarantineReport> kept = loop.overruns().reports();
            int fresh = (int) Math.min(kept.size(), total - said);
            for (QuarantineReport report : kept.subList(kept.size() - fresh, kept.size())) {
                LOG.warn(
                        "HZ-PLG-024 in tick {}: {}",
                        report.tick(),
                        report.stack().lines().findFirst().orElse(report.name()));
            }
            said = total;
        }
    }

    private void look(long passedNanos) {
        sayOverruns();
        RunningCode code = loop.running();
        long current = loop.metrics().tick() + 1;
        if (code == null || current != tick || !code.name().equals(name)) {
            name = code == null ? "" : code.name();
            tick = current;
            heldNanos = 0;
            return;
        }
        heldNanos += passedNanos;
        if (heldNanos > loop.metrics().budgetNanos()
                && !makesWorld(name)
                && !reported.contains(name)) {
            report(code);
        }
        long limit = node.hangLimit().toNanos();
        if (limit > 0 && heldNanos > limit) {
            end(code);
        }
    }

    /** Whoever makes a world is within nobody's budget; only the limit holds. */
    private static boolean makesWorld(String name) {
        return name.endsWith("/" + RegionStarted.class.getSimpleName())
                || name.endsWith("/" + PluginStarted.class.getSimpleName());
    }

    /** Unless it has returned meanwhile: the stack would be somebody else's. */
    private void report(RunningCode code) {
        StackTraceElement[] stack = code.thread().getStackTrace();
        RunningCode since = loop.running();
        if (since == null
                || !since.name().equals(name)
                || loop.metrics().tick() + 1 != tick
                || !reported.add(name)) {
            return;
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(heldNanos);
        HorizonException held =
                new HorizonException(
                        "HZ-PLG-021",
                        code.name() + " has held tick " + tick + " for " + millis + " ms");
        held.setStackTrace(stack);
        reports.add(code.name(), code.plugin(), tick, "tick " + tick, held);
        LOG.warn("HZ-PLG-021: {}\n{}", held.getMessage(), text(stack));
    }

    private void end(RunningCode code) {
        String stack = text(code.thread().getStackTrace());
        LOG.error(
                "HZ-PLG-021: {} did not return from tick {} within {} s; the node ends, and goes on"
                        + " without plugin {}\n{}",
                code.name(),
                tick,
                node.hangLimit().toSeconds(),
                code.plugin(),
                stack);
        new HungPlugin(code.plugin(), code.name(), tick, stack).leaveIn(node.dataDir());
        Runtime.getRuntime().halt(EXIT_AGAIN);
    }

    private static String text(StackTraceElement[] stack) {
        return Stream.of(stack)
                .map(element -> "    at " + element)
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        isClosing = true;
        LockSupport.unpark(thread);
    }
}
