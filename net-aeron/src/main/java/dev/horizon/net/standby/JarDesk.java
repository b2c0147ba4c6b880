package dev.horizon.net.standby;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.replay.JarShelf;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jars of a node's plugins, for its standby: one that may take over has all that the node runs,
 * and has the next ones before the node runs them. Any thread, but for what is said.
 */
final class JarDesk {
    private static final Logger LOG = LoggerFactory.getLogger(JarDesk.class);

    private static final long PAUSE_MILLIS = 2;

    private final JarShelf shelf;
    private final JarSeal seal;
    private final NodePact pact;
    private final long takeNanos;
    private final Set<String> kept = ConcurrentHashMap.newKeySet();
    private volatile Set<String> needed;
    private volatile @Nullable Teller teller;

    /** Brings a sealed jar to a life of the standby; false when it takes none. */
    interface Teller {
        boolean say(long life, byte[] jar);
    }

    /**
     * Of a node.
     *
     * @param shelf where all jars are that it ran
     * @param seal for them
     * @param running hashes of those that it runs
     * @param takeNanos in which a standby has taken jars, or takes none
     */
    JarDesk(JarShelf shelf, JarSeal seal, NodePact pact, Set<String> running, long takeNanos) {
        this.shelf = shelf;
        this.seal = seal;
        this.pact = pact;
        this.takeNanos = takeNanos;
        needed = Set.copyOf(running);
    }

    /** Another life of a standby, which has said nothing of jars yet. */
    void begin(Teller to) {
        kept.clear();
        teller = to;
    }

    /** Says all that the node runs; false when the standby doesn't take it. */
    boolean sayTo(Teller to, long life) {
        return needed.stream().allMatch(hash -> say(to, life, hash));
    }

    /** The standby has a jar, or wants it. */
    void heard(String sha256, boolean isKept) {
        Teller to = teller;
        if (isKept) {
            kept.add(sha256);
        } else if (to != null) {
            long life = pact.life();
            Thread.ofVirtual().start(() -> say(to, life, sha256));
        }
    }

    private void sayLacking(Set<String> of, Teller to, long life) {
        for (String hash : of) {
            if (!kept.contains(hash) && !say(to, life, hash)) {
                return;
            }
        }
    }

    private boolean say(Teller to, long life, String sha256) {
        byte[] jar = shelf.read(sha256);
        if (jar == null) {
            LOG.warn("HZ-TAPE-007: the standby needs the jar {}, which isn't kept here", sha256);
            return true;
        }
        return to.say(life, seal.seal(jar));
    }

    /** True when the standby has all that the node runs. */
    boolean isCovered() {
        return kept.containsAll(needed);
    }

    /**
     * Before the node runs other plugins: a standby that may take over has their jars afterwards,
     * and no other may before it has.
     *
     * @param next hashes of their jars, which are on the shelf
     * @throws HorizonException HZ-STB-014 when the standby doesn't take them
     */
    void share(Set<String> next) throws InterruptedException {
        Set<String> before;
        Teller to;
        long life;
        boolean isAwaited;
        synchronized (pact) {
            before = needed;
            needed = Set.copyOf(next);
            to = teller;
            life = pact.life();
            isAwaited = pact.isAttached();
        }
        if (to == null || pact.stage() == Stage.NONE) {
            return;
        }
        Thread.ofVirtual().start(() -> sayLacking(next, to, life));
        long deadline = System.nanoTime() + takeNanos;
        while (isAwaited && pact.isAttached() && !isCovered()) {
            if (System.nanoTime() > deadline) {
                needed = before;
                throw new HorizonException(
                        "HZ-STB-014",
                        "the standby doesn't take the plugins' jars, and couldn't go on with them:"
                                + " nothing has changed. See 'horizon standby status'; try again"
                                + " when it answers, or let go of it with 'horizon standby detach'");
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }
}
