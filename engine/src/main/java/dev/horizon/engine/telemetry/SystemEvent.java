package dev.horizon.engine.telemetry;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/**
 * {@code horizon.System}: a system ran, or its share of one that several threads run, for a
 * millisecond or longer. One instance for all that a thread runs.
 */
@Name(SystemEvent.NAME)
@Label("System")
@Category("Horizon")
@StackTrace(false)
@Threshold("1 ms")
public final class SystemEvent extends Event {
    /** Of the event's type. */
    public static final String NAME = "horizon.System";

    @Label("Tick")
    private long tick;

    @Label("System")
    private String system = "";

    @Label("Plugin")
    private String plugin = "";

    private transient boolean isOpen;

    /** One begins. */
    public void open() {
        isOpen = isEnabled();
        if (isOpen) {
            begin();
        }
    }

    /** It ends: of this name, of that plugin, in this tick. */
    public void close(String name, String ofPlugin, long number) {
        if (isOpen) {
            isOpen = false;
            end();
            if (shouldCommit()) {
                system = name;
                plugin = ofPlugin;
                tick = number;
                commit();
            }
        }
    }
}
