package dev.horizon.mesh.agent;

import dev.horizon.engine.plugin.HorizonException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.EpochClock;
import org.jspecify.annotations.Nullable;

/** Turns an agent's duty cycle on a thread of its own. Thread-safe. */
public final class AgentThread implements AutoCloseable {
    private static final long TURN_MILLIS = 5;

    /** How long a goodbye is tried. */
    private static final long GOODBYE_MILLIS_MAX = 1_000;

    private final MeshAgent agent;
    private final CoordinatorLink link;
    private final PeerLink peers;
    private final EpochClock clock;
    private final Runnable refused;
    private final Thread thread = Thread.ofPlatform().name("mesh-agent").unstarted(this::run);
    private volatile boolean isClosing;
    private volatile boolean isSilent;

    /**
     * Starts it.
     *
     * @param refused run once, on the agent's thread, when a life that ticks must not any more
     */
    public static AgentThread start(
            MeshAgent agent,
            CoordinatorLink link,
            PeerLink peers,
            EpochClock clock,
            Runnable refused) {
        AgentThread started = new AgentThread(agent, link, peers, clock, refused);
        started.thread.start();
        return started;
    }

    private AgentThread(
            MeshAgent agent,
            CoordinatorLink link,
            PeerLink peers,
            EpochClock clock,
            Runnable refused) {
        this.agent = agent;
        this.link = link;
        this.peers = peers;
        this.clock = clock;
        this.refused = refused;
    }

    /**
     * Waits for the grant.
     *
     * @throws HorizonException the refusal, or HZ-MESH-019 when no coordinator has answered in time
     */
    public Grant awaitGrant(long millisMax) throws InterruptedException {
        long end = clock.time() + millisMax;
        @Nullable Grant grant;
        while ((grant = agent.grant()) == null) {
            HorizonException refusal = agent.refusal();
            if (refusal != null) {
                throw refusal;
            }
            if (clock.time() > end) {
                throw Unanswered.within(millisMax, link);
            }
            Thread.sleep(TURN_MILLIS);
        }
        return grant;
    }

    private void run() {
        boolean wasGranted = false;
        long closingEnd = Long.MAX_VALUE;
        while (clock.time() < closingEnd) {
            if (isSilent) {
                return;
            }
            if (isClosing && closingEnd == Long.MAX_VALUE) {
                agent.leave();
                closingEnd = clock.time() + GOODBYE_MILLIS_MAX;
            }
            int work = agent.doWork(clock.time());
            MeshAgent.State state = agent.state();
            if (state == MeshAgent.State.REFUSED) {
                if (wasGranted) {
                    refused.run();
                }
                return;
            }
            wasGranted |= state == MeshAgent.State.GRANTED;
            if (isClosing && state != MeshAgent.State.LEAVING) {
                return;
            }
            if (work == 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(TURN_MILLIS));
            }
        }
    }

    /** Says nothing from now on, not even goodbye: another life speaks for the node. */
    public void fallSilent() {
        isSilent = true;
    }

    /** Says goodbye, which must be after the last tick, and ends. */
    @Override
    public void close() throws InterruptedException {
        isClosing = true;
        thread.join(2 * GOODBYE_MILLIS_MAX);
        link.close();
        peers.close();
    }
}
