package dev.horizon.engine.dispatch;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Keeps what is known of the latest throwers, for operators. Thread-safe. */
public final class Quarantine {
    /** Reports kept: enough to see a pattern, too few to fill a heap. */
    private static final int REPORTS_MAX = 64;

    private static final int EVENT_CHARACTERS_MAX = 1_000;
    private static final int STACK_CHARACTERS_MAX = 16_000;

    private final Deque<QuarantineReport> reports = new ArrayDeque<>();
    private volatile long total;
    private volatile boolean hasMachineFault;

    /** Adds a report; the oldest makes room. */
    public void add(String name, String plugin, long tick, String event, Throwable fault) {
        StringWriter stack = new StringWriter();
        fault.printStackTrace(new PrintWriter(stack));
        hasMachineFault |= fault instanceof VirtualMachineError;
        QuarantineReport report =
                new QuarantineReport(
                        name,
                        plugin,
                        tick,
                        shorten(event, EVENT_CHARACTERS_MAX),
                        shorten(stack.toString(), STACK_CHARACTERS_MAX));
        synchronized (reports) {
            if (reports.size() == REPORTS_MAX) {
                reports.removeFirst();
            }
            reports.addLast(report);
            total = total + 1;
        }
    }

    /** Reports so far, those no longer kept included. */
    public long total() {
        return total;
    }

    /**
     * True once after the machine's stack or memory ran out: how far code came by then is the
     * machine's affair, and may be another in a replay.
     */
    public boolean takeMachineFault() {
        boolean was = hasMachineFault;
        if (was) {
            hasMachineFault = false;
        }
        return was;
    }

    /** All reports kept, oldest first. */
    public List<QuarantineReport> reports() {
        synchronized (reports) {
            return new ArrayList<>(reports);
        }
    }

    private static String shorten(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max) + "...";
    }
}
