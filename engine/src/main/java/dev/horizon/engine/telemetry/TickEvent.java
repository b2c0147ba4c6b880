package dev.horizon.engine.telemetry;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/**
 * {@code horizon.Tick}: a tick, and where its time went. One instance for all ticks of a loop, for
 * the tick thread: a recording takes a copy.
 */
@Name(TickEvent.NAME)
@Label("Tick")
@Category("Horizon")
@StackTrace(false)
public final class TickEvent extends Event {
    /** Of the event's type. */
    public static final String NAME = "horizon.Tick";

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Label("Number")
    private long number;

    @Label("Budget")
    @Timespan
    private long budget;

    @Label("On a Core")
    @Description("Processor time of the tick thread; else it waited, for a core or for others")
    @Timespan
    private long processor;

    @Label("Drain")
    @Timespan
    private long drain;

    @Label("Log")
    @Timespan
    private long log;

    @Label("Simulate")
    @Timespan
    private long simulate;

    @Label("Apply")
    @Timespan
    private long apply;

    @Label("Locate")
    @Timespan
    private long locate;

    @Label("Encode")
    @Timespan
    private long encode;

    @Label("Release")
    @Timespan
    private long release;

    @Label("Account")
    @Timespan
    private long account;

    @Label("Entities")
    private int entities;

    @Label("Sessions")
    private int sessions;

    private transient boolean isOpen;
    private transient long processorBefore;

    /** A tick begins. */
    public void open() {
        isOpen = isEnabled();
        if (isOpen) {
            processorBefore = THREADS.getCurrentThreadCpuTime();
            begin();
        }
    }

    /**
     * It ends.
     *
     * @param tick its number
     * @param budgetNanos what it may take
     * @param phaseNanos what each phase took, in the order of {@code tick.Phase}
     * @param alive entities after it
     * @param connected sessions after it
     */
    public void close(long tick, long budgetNanos, long[] phaseNanos, int alive, int connected) {
        if (!isOpen) {
            return;
        }
        isOpen = false;
        end();
        if (shouldCommit()) {
            processor = THREADS.getCurrentThreadCpuTime() - processorBefore;
            number = tick;
            budget = budgetNanos;
            int at = 0;
            drain = phaseNanos[at++];
            log = phaseNanos[at++];
            simulate = phaseNanos[at++];
            apply = phaseNanos[at++];
            locate = phaseNanos[at++];
            encode = phaseNanos[at++];
            release = phaseNanos[at++];
            account = phaseNanos[at];
            entities = alive;
            sessions = connected;
            commit();
        }
    }
}
