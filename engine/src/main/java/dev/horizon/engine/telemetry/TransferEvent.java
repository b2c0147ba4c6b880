package dev.horizon.engine.telemetry;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** {@code horizon.Transfer}: what a tick came to for an entity that goes from node to node. */
@Name(TransferEvent.NAME)
@Label("Transfer")
@Category("Horizon")
@StackTrace(false)
public final class TransferEvent extends Event {
    /** Of the event's type. */
    public static final String NAME = "horizon.Transfer";

    /** Of an entity that a tick took from a parcel. */
    public static final String TAKEN = "TAKEN";

    @Label("Tick")
    private long tick;

    @Label("Transfer")
    @Description("The coordinator's number of it")
    private long transfer;

    @Label("Entity")
    private long entity;

    @Label("Outcome")
    @Description("RELEASED, TAKEN, SETTLED, RETURNED, or why it stays")
    private String outcome = "";

    /**
     * Tells a recording, if there is one.
     *
     * @param number of the tick
     * @param of the coordinator's number of the transfer
     * @param id of the entity
     * @param became {@link #TAKEN}, or the outcome that the source tells the coordinator
     */
    public static void tell(long number, long of, long id, String became) {
        TransferEvent event = new TransferEvent();
        if (event.isEnabled()) {
            event.tick = number;
            event.transfer = of;
            event.entity = id;
            event.outcome = became;
            event.commit();
        }
    }
}
