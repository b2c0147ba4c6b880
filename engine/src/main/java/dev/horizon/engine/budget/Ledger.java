package dev.horizon.engine.budget;

import com.sun.management.ThreadMXBean;
import dev.horizon.engine.plugin.HorizonException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who took how much of the running tick. Tick thread; allocates nothing but where a budget is
 * exceeded.
 */
public final class Ledger {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final CountBudget counts;
    private final CostBudget costs;
    private final boolean measures;
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private final List<Account> all = new ArrayList<>();
    private @Nullable Account current;
    private @Nullable HorizonException refusal;
    private boolean isFree;
    private long sinceNanos;
    private long sinceBytes;
    private long coldUntil = Long.MIN_VALUE;

    /** Of one loop. */
    public Ledger(CountBudget counts, CostBudget costs) {
        this.counts = counts;
        this.costs = costs;
        measures = costs.isMeasured();
    }

    /** One without budgets. */
    public static Ledger none() {
        return new Ledger(CountBudget.NONE, CostBudget.NONE);
    }

    /** A plugin's account. */
    public Account plugin(String name) {
        return open(
                name,
                null,
                counts.pluginEvents(),
                counts.pluginEntities(),
                costs.pluginNanos(),
                costs.pluginBytes());
    }

    /** A system's, by its qualified name; it counts for its plugin too. */
    public Account system(String plugin, String name) {
        return open(
                name,
                plugin(plugin),
                counts.systemEvents(),
                counts.systemEntities(),
                costs.systemNanos(),
                costs.systemBytes());
    }

    private Account open(
            String name,
            @Nullable Account plugin,
            int events,
            int entities,
            long nanos,
            long bytes) {
        Account known = accounts.get(name);
        if (known == null) {
            known = new Account(name, plugin, events, entities, nanos, bytes);
            accounts.put(name, known);
            all.add(known);
        }
        return known;
    }

    /** True where costs are measured. */
    public boolean measures() {
        return measures;
    }

    /** What the calling thread has allocated so far. */
    public static long allocatedBytes() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /** A handler or command of this plugin runs from here on. */
    public void enter(Account plugin) {
        if (plugin != current && !isFree) {
            settle();
            current = plugin;
        }
    }

    /** None runs from here on. */
    public void leave() {
        if (current != null) {
            settle();
            current = null;
        }
    }

    /** What runs now makes a world, which is within nobody's budget; or no longer does. */
    public void free(boolean isFreeNow) {
        isFree = isFreeNow;
    }

    private void settle() {
        if (measures) {
            long nanos = System.nanoTime();
            long bytes = allocatedBytes();
            Account account = current;
            if (account != null) {
                account.cost(nanos - sinceNanos, bytes - sinceBytes);
            }
            sinceNanos = nanos;
            sinceBytes = bytes;
        }
    }

    /**
     * What runs raises a plugin event.
     *
     * @throws HorizonException HZ-PLG-023 beyond the budget
     */
    public void event() {
        charge(1, 0);
    }

    /**
     * What runs creates an entity.
     *
     * @throws HorizonException HZ-PLG-023 beyond the budget
     */
    public void entity() {
        charge(0, 1);
    }

    private void charge(int events, int entities) {
        Account account = current;
        HorizonException beyond = account == null ? null : account.charge(events, entities);
        if (beyond != null) {
            refusal = beyond;
            throw beyond;
        }
    }

    /** What was refused to the handler that ran last, whatever it made of it; null for nothing. */
    public @Nullable HorizonException takeRefusal() {
        HorizonException taken = refusal;
        if (taken != null) {
            refusal = null;
        }
        return taken;
    }

    /** Costs of the next ticks don't count: other code runs. */
    public void warmUp(long tick) {
        coldUntil = tick + costs.warmUpTicks();
    }

    /** Hears of who cost more than its budget, in each tick that it does. */
    @FunctionalInterface
    public interface OverrunListener {
        /**
         * Somebody did.
         *
         * @param name of the plugin or system
         * @param plugin whose code it is
         * @param ticks in a row, this one included
         * @param what it took, in words
         */
        void overrun(String name, String plugin, int ticks, String what);
    }

    /** Closes a tick. */
    public void endTick(long tick, OverrunListener listener) {
        if (coldUntil == Long.MIN_VALUE) {
            warmUp(tick);
        }
        for (int i = 0; i < all.size(); i++) {
            Account account = all.get(i);
            String costly = tick < coldUntil ? null : account.costly();
            account.costlyTicks = costly == null ? 0 : account.costlyTicks + 1;
            if (costly != null) {
                Account owner = account.plugin;
                listener.overrun(
                        account.name,
                        owner == null ? account.name : owner.name,
                        account.costlyTicks,
                        costly);
            }
            account.clear();
        }
    }
}
