package dev.horizon.net.gateway;

import dev.horizon.engine.events.DisconnectReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * The gateway's duty cycle: takes what clients asked and what the node said, and leaves the writing
 * to the event loops. It never waits, so that the node's streams always drain.
 */
final class GatewayAgent implements Agent {
    /**
     * As many as wait in the queue at most by default: a round that gathers for ten thousand takes
     * as long as they need for thousands of inputs.
     */
    private static final int COMMANDS_PER_ROUND = 16_384;

    private static final int MESSAGES_PER_ROUND = 512;
    private static final int FRAMES_PER_ROUND = 512;
    private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Sessions that each check looks at, or this part of all: all of them within half a second. */
    private static final int CHECKED_MIN = 256;

    private static final int CHECKS_FOR_ALL = 10;
    private static final long SORT_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final List<Side> sides;
    private final List<NodeVoice> voices = new ArrayList<>();
    private final CommandQueue commands;
    private final SessionDesk desk;
    private final Handover handover;
    private final Flushing flushing;
    private final GatewayMetrics metrics;
    private final NanoClock clock;
    private long checkedAtNanos;
    private long sortedAtNanos;

    /** Sessions from the first on that this turn of checks has still to look at. */
    private int unchecked = Integer.MAX_VALUE;

    private int queued;
    private int queuedMax;
    private int checkedSide;
    private volatile boolean isDrained;

    GatewayAgent(
            List<Side> sides,
            CommandQueue commands,
            SessionDesk desk,
            Handover handover,
            Flushing flushing,
            Tickets tickets,
            GatewayMetrics metrics,
            NanoClock clock) {
        this.sides = sides;
        this.commands = commands;
        this.desk = desk;
        this.handover = handover;
        this.flushing = flushing;
        this.metrics = metrics;
        this.clock = clock;
        for (Side side : sides) {
            voices.add(new NodeVoice(side, desk, handover, flushing, tickets, metrics));
        }
    }

    @Override
    public int doWork() {
        long nowNanos = clock.nanoTime();
        handover.now(nowNanos);
        for (int i = 0; i < sides.size(); i++) {
            sides.get(i).fanOut.now(nowNanos);
            sides.get(i).pulse.now(nowNanos);
        }
        int work = takeCommands(nowNanos);
        for (int i = 0; i < sides.size(); i++) {
            work += turn(sides.get(i), voices.get(i));
        }
        if (nowNanos - checkedAtNanos > CHECK_NANOS) {
            checkedAtNanos = nowNanos;
            check(nowNanos);
        }
        for (int i = 0; i < sides.size(); i++) {
            work += sides.get(i).subscriptions.drain();
        }
        return work + flushing.flush();
    }

    private int turn(Side side, NodeVoice voice) {
        int work = side.node.pollSessions(voice, MESSAGES_PER_ROUND);
        switch (side.follow()) {
            case WENT -> desk.nodeAway(side);
            case CAME_BACK -> desk.reattach(side);
            case CAME, SAME -> {}
        }
        return work + side.turn(FRAMES_PER_ROUND, clock);
    }

    private int takeCommands(long nowNanos) {
        int taken = 0;
        while (desk.drain() && taken < COMMANDS_PER_ROUND) {
            Commands command = commands.poll();
            if (command == null) {
                break;
            }
            taken++;
            switch (command) {
                case Commands.Hello hello ->
                        desk.hello(hello.connection(), hello.player(), hello.resume(), nowNanos);
                case Commands.Input input -> desk.input(input.session(), input.message());
                case Commands.Lost lost -> desk.lost(lost.connection(), nowNanos);
                case Commands.Leave leave -> desk.end(leave.session(), DisconnectReason.LEFT, null);
                case Commands.Observe observe -> {
                    if (observe.session().state == Session.State.PLAYING) {
                        observe.session().observedTier = observe.tier();
                        observe.session().side.fanOut.observe(observe.session(), observe.tier());
                        observe.session().side.pulse.onStir();
                    }
                }
                case Commands.Ask ask -> {
                    Session asked = desk.find(ask.player());
                    Side side = asked == null ? sides.getFirst() : asked.side;
                    side.gathering.why(asked, ask);
                }
                case Commands.Drain() -> desk.beginDrain();
                case Commands.TimedOut timedOut -> {
                    if (timedOut.session().connection() == timedOut.connection()) {
                        desk.end(
                                timedOut.session(),
                                DisconnectReason.TIMED_OUT,
                                Refusal.closing(
                                        Refusal.TIMED_OUT,
                                        "nothing was heard of you for too long"));
                    }
                }
            }
        }
        return taken;
    }

    private void check(long nowNanos) {
        checkSome(sides.get(checkedSide), nowNanos);
        desk.drainSome();
        isDrained = desk.isDrained();
        int channels = 0;
        int unsaid = 0;
        for (Side side : sides) {
            side.fanOut.tidy();
            side.subscriptions.ask(nowNanos);
            channels += side.fanOut.channelCount();
            unsaid += side.unsaid();
        }
        metrics.sessions = desk.count();
        metrics.channels = channels;
        metrics.inputsWaiting = unsaid;
    }

    private void checkSome(Side side, long nowNanos) {
        List<Session> all = side.sessions();
        unchecked = Math.min(unchecked, all.size());
        int until = Math.max(0, unchecked - Math.max(CHECKED_MIN, all.size() / CHECKS_FOR_ALL));
        while (unchecked > until) {
            check(all.get(--unchecked), nowNanos);
        }
        if (unchecked > 0) {
            return;
        }
        unchecked = Integer.MAX_VALUE;
        checkedSide = (checkedSide + 1) % sides.size();
        if (checkedSide == 0) {
            metrics.queuedBytes = queued;
            metrics.queuedBytesMax = queuedMax;
            queued = 0;
            queuedMax = 0;
            if (nowNanos - sortedAtNanos > SORT_NANOS) {
                sortedAtNanos = nowNanos;
                sides.forEach(Side::sort);
            }
        }
    }

    private void check(Session session, long nowNanos) {
        desk.check(session, nowNanos);
        session.route.poll(nowNanos);
        if (session.state == Session.State.PLAYING) {
            session.side.fanOut.feed(session);
            int bytes = session.outbox.bytes();
            queued += bytes;
            queuedMax = Math.max(queuedMax, bytes);
        }
    }

    /** The last tick of the first node that was heard of; any thread. */
    long tick() {
        return sides.getFirst().tick();
    }

    /** True once all players went elsewhere; any thread. */
    boolean isDrained() {
        return isDrained;
    }

    @Override
    public void onClose() {
        for (Side side : sides) {
            while (!side.sessions().isEmpty()) {
                desk.end(
                        side.sessions().getLast(),
                        DisconnectReason.NODE_STOPPING,
                        Refusal.later(
                                Refusal.STOPPING,
                                "the server is stopping: come back soon",
                                desk.comebacks().drawMillis(clock.nanoTime())));
            }
        }
        desk.drain();
        sides.forEach(side -> side.subscriptions.drain());
    }

    @Override
    public String roleName() {
        return "gateway";
    }
}
