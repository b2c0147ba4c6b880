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
 *
 * <p>To read clocks costs twice what a handler may: where plugins take turns at a tick's events by
 * the thousand, most turns aren't timed by themselves. A stretch of them is, and shared by turns.
 * Where so much is shared in a tick that it could be somebody's excess, turns of the next ticks are
 * timed one by one.
 */
public final class Ledger {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Of each tick, timed by themselves whatever comes. */
    private static final int EXACT_TURNS = 32;

    private static final int STRETCH_TURNS = 64;

    /** Of a plugin's budget: what may be shared in a tick without a closer look. */
    private static final int SHARED_PART = 4;

    private static final int EXACT_TICKS = 200;
    private static final long KILOBYTE = 1 << 10;

    /** Less than this may be how the two clocks are read. */
    private static final long STOLEN_NANOS_MIN = 1_000_000;

    private final CountBudget counts;
    private final CostBudget costs;
    private final boolean measures;
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private final List<Account> all = new ArrayList<>();
    private final List<Account> plugins = new ArrayList<>();

    /** The engine's, between plugins' code. */
    private final Account nobody = Account.unlimited("");

    private Account current = nobody;
    private @Nullable HorizonException refusal;
    private boolean isFree;
    private long sinceNanos;
    private long sinceBytes;
    private long coldUntil = Long.MIN_VALUE;
    private long beganNanos;
    private long beganCpuNanos;

    /** Turns of this tick that are still timed by themselves. */
    private int exactTurns = EXACT_TURNS;

    private long exactUntil = Long.MIN_VALUE;

    /** Turns that may still end before the clocks are read. */
    private int untimedTurns;

    private long sharedNanos;
    private long sharedBytes;

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

    /**
     * Gives a plugin its own budget. Time and memory count where they are measured of others, too.
     *
     * @param nanosPerPercent of a tick's period
     */
    public void limit(String name, PluginBudget own, long nanosPerPercent) {
        boolean isTimed = costs.pluginNanos() > 0 || costs.systemNanos() > 0;
        boolean isWeighed = costs.pluginBytes() > 0 || costs.systemBytes() > 0;
        plugin(name)
                .limit(
                        own.events() < 0 ? counts.pluginEvents() : own.events(),
                        own.entities() < 0 ? counts.pluginEntities() : own.entities(),
                        own.timePercent() < 0 || !isTimed
                                ? costs.pluginNanos()
                                : own.timePercent() * nanosPerPercent,
                        own.kilobytes() < 0 || !isWeighed
                                ? costs.pluginBytes()
                                : own.kilobytes() * KILOBYTE);
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
            if (plugin == null) {
                plugins.add(known);
            }
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
            turnTo(plugin);
        }
    }

    /** None runs from here on. */
    public void leave() {
        if (current != nobody) {
            turnTo(nobody);
        }
    }

    private void turnTo(Account next) {
        if (untimedTurns > 0) {
            untimedTurns--;
            current.turns++;
        } else {
            settle();
        }
        current = next;
    }

    /** What follows is no turn of anybody's, as systems, which are measured by themselves. */
    public void pause() {
        if (current != nobody || exactTurns == 0) {
            settle();
            current = nobody;
            untimedTurns = 0;
        }
    }

    /** What runs now makes a world, which is within nobody's budget; or no longer does. */
    public void free(boolean isFreeNow) {
        isFree = isFreeNow;
    }

    /** Reads the clocks, and says whose what passed was. */
    private void settle() {
        if (!measures) {
            untimedTurns = STRETCH_TURNS;
            return;
        }
        long nanos = System.nanoTime();
        long bytes = allocatedBytes();
        if (exactTurns > 0) {
            exactTurns--;
            current.cost(nanos - sinceNanos, bytes - sinceBytes);
        } else {
            share(nanos - sinceNanos, bytes - sinceBytes);
            untimedTurns = STRETCH_TURNS;
        }
        sinceNanos = nanos;
        sinceBytes = bytes;
    }

    private void share(long nanos, long bytes) {
        current.turns++;
        int turns = nobody.turns;
        for (int i = 0; i < plugins.size(); i++) {
            turns += plugins.get(i).turns;
        }
        for (int i = 0; i < plugins.size(); i++) {
            Account account = plugins.get(i);
            account.cost(nanos * account.turns / turns, bytes * account.turns / turns);
            account.turns = 0;
        }
        nobody.turns = 0;
        sharedNanos += nanos;
        sharedBytes += bytes;
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
        HorizonException beyond = current.charge(events, entities);
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

    /** Opens a tick. */
    public void beginTick() {
        if (measures) {
            beganNanos = System.nanoTime();
            beganCpuNanos = THREADS.getCurrentThreadCpuTime();
        }
    }

    /**
     * Time of this tick in which its thread had no processor: whoever's turn that was, it isn't
     * their fault. 0 where nothing measures it.
     */
    private long stolenNanos() {
        if (!measures || beganNanos == 0) {
            return 0;
        }
        long ran = THREADS.getCurrentThreadCpuTime() - beganCpuNanos;
        long stolen = System.nanoTime() - beganNanos - ran;
        return stolen < STOLEN_NANOS_MIN ? 0 : stolen;
    }

    /** Closes a tick. */
    public void endTick(long tick, OverrunListener listener) {
        long stolen = stolenNanos();
        if (coldUntil == Long.MIN_VALUE) {
            warmUp(tick);
        }
        for (int i = 0; i < all.size(); i++) {
            Account account = all.get(i);
            String costly = tick < coldUntil ? null : account.costly(stolen, costs.patience());
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
        if (isBeyondPart(sharedNanos, costs.pluginNanos())
                || isBeyondPart(sharedBytes, costs.pluginBytes())) {
            exactUntil = tick + EXACT_TICKS;
        }
        exactTurns = tick < exactUntil ? Integer.MAX_VALUE : EXACT_TURNS;
        sharedNanos = 0;
        sharedBytes = 0;
    }

    private static boolean isBeyondPart(long shared, long budget) {
        return budget > 0 && shared > budget / SHARED_PART;
    }
}
