package dev.horizon.engine.budget;

import dev.horizon.engine.plugin.HorizonException;
import org.jspecify.annotations.Nullable;

/** What a plugin, or one of its systems, took of the running tick. Tick thread. */
public final class Account {
    final String name;

    /** That of the plugin; null for a plugin's own. */
    final @Nullable Account plugin;

    private int eventsMax;
    private int entitiesMax;
    private long nanosMax;
    private long bytesMax;
    private int events;
    private int entities;
    private long nanos;
    private long bytes;

    /** Of its code since the clocks were read. */
    int turns;

    /** Ticks in a row that cost too much, this one included. */
    int costlyTicks;

    /** Ticks in a row that took too much time, this one included. */
    private int slowTicks;

    Account(
            String name,
            @Nullable Account plugin,
            int eventsMax,
            int entitiesMax,
            long nanosMax,
            long bytesMax) {
        this.name = name;
        this.plugin = plugin;
        this.eventsMax = eventsMax;
        this.entitiesMax = entitiesMax;
        this.nanosMax = nanosMax;
        this.bytesMax = bytesMax;
    }

    /** One without budgets, until a ledger gives another. */
    public static Account unlimited(String name) {
        return new Account(name, null, 0, 0, 0, 0);
    }

    /** From now on it may take so much; 0 for any amount. */
    void limit(int moreEvents, int moreEntities, long moreNanos, long moreBytes) {
        eventsMax = moreEvents;
        entitiesMax = moreEntities;
        nanosMax = moreNanos;
        bytesMax = moreBytes;
    }

    /** Entities that it may create by itself; 0 for any number. */
    public int entitiesMax() {
        return entitiesMax;
    }

    /** Effects that it may emit by itself; 0 for any number. */
    public int eventsMax() {
        return eventsMax;
    }

    /**
     * Counts, here and for the plugin.
     *
     * @return why that is too much, or null. It begins anew then: whose fault it was is stopped,
     *     and the plugin's other code isn't to pay for it
     */
    public @Nullable HorizonException charge(int moreEvents, int moreEntities) {
        events += moreEvents;
        entities += moreEntities;
        HorizonException beyond = beyond();
        Account owner = plugin;
        return beyond != null || owner == null ? beyond : owner.charge(moreEvents, moreEntities);
    }

    /** Adds a cost, here and for the plugin. */
    public void cost(long moreNanos, long moreBytes) {
        nanos += moreNanos;
        bytes += moreBytes;
        Account owner = plugin;
        if (owner != null) {
            owner.cost(moreNanos, moreBytes);
        }
    }

    private @Nullable HorizonException beyond() {
        if (eventsMax > 0 && events > eventsMax) {
            events = 0;
            return beyond(eventsMax + " events");
        }
        if (entitiesMax > 0 && entities > entitiesMax) {
            entities = 0;
            return beyond(entitiesMax + " entities");
        }
        return null;
    }

    private HorizonException beyond(String budget) {
        return new HorizonException(
                "HZ-PLG-023",
                name
                        + " has more than its budget of "
                        + budget
                        + " in one tick; spread them over ticks, or raise the budget");
    }

    /**
     * What of its cost in this tick is beyond its budget, or null.
     *
     * @param stolenNanos of the tick, in which its thread didn't run
     */
    @Nullable String costly(long stolenNanos, CostBudget.Patience patience) {
        boolean isSlow = nanosMax > 0 && nanos - stolenNanos > nanosMax * patience.times();
        slowTicks = isSlow ? slowTicks + 1 : 0;
        if (slowTicks >= patience.ticks()) {
            String often = slowTicks == 1 ? "" : ", and so for " + slowTicks + " ticks";
            return nanos / 1_000 + " us of its " + nanosMax / 1_000 + " us" + often;
        }
        if (bytesMax > 0 && bytes > bytesMax) {
            return bytes + " allocated bytes of its " + bytesMax;
        }
        return null;
    }

    void clear() {
        events = 0;
        entities = 0;
        nanos = 0;
        bytes = 0;
    }
}
