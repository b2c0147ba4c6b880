package dev.horizon.net.gateway;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.events.DisconnectReason;
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

    private final NodeLink node;
    private final CommandQueue commands;
    private final SessionDesk desk;
    private final NodeVoice voice;
    private final NodePulse pulse;
    private final FanOut fanOut;
    private final Gathering gathering;
    private final Subscriptions subscriptions;
    private final Flushing flushing;
    private final GatewayMetrics metrics;
    private final NanoClock clock;
    private long checkedAtNanos;
    private long sortedAtNanos;

    /** Sessions from the first on that this turn of checks has still to look at. */
    private int unchecked = Integer.MAX_VALUE;

    private int queued;
    private int queuedMax;
    private int epoch;
    private int epochs;
    private volatile boolean isDrained;
    private volatile long tick;

    GatewayAgent(
            NodeLink node,
            CommandQueue commands,
            SessionDesk desk,
            NodeVoice voice,
            NodePulse pulse,
            FanOut fanOut,
            Gathering gathering,
            Subscriptions subscriptions,
            Flushing flushing,
            GatewayMetrics metrics,
            NanoClock clock) {
        this.node = node;
        this.commands = commands;
        this.desk = desk;
        this.voice = voice;
        this.pulse = pulse;
        this.fanOut = fanOut;
        this.gathering = gathering;
        this.subscriptions = subscriptions;
        this.flushing = flushing;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public int doWork() {
        long nowNanos = clock.nanoTime();
        fanOut.now(nowNanos);
        pulse.now(nowNanos);
        int work = takeCommands(nowNanos);
        work += node.pollSessions(voice, MESSAGES_PER_ROUND);
        followNode();
        int frames = node.pollFrames(fanOut, FRAMES_PER_ROUND);
        work += frames;
        if (pulse.isComplete(frames)) {
            gathering.gather(desk.all());
            work++;
        }
        if (nowNanos - checkedAtNanos > CHECK_NANOS) {
            checkedAtNanos = nowNanos;
            check(nowNanos);
        }
        work += subscriptions.drain();
        work += flushing.flush();
        tick = Math.max(fanOut.cache().tick(), pulse.tick());
        return work;
    }

    private void followNode() {
        int now = node.epoch();
        if (now != epoch) {
            boolean isBack = now != 0 && epochs > 0;
            ChannelConfig channels = node.channels();
            if (now != 0 && !isBack && channels != null) {
                // Nobody was let in before.
                gathering.channels(channels);
            }
            epoch = now;
            epochs++;
            if (isBack) {
                fanOut.cache().restart();
                desk.reattach();
            } else if (now == 0) {
                desk.nodeAway();
            }
        }
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
                        fanOut.observe(observe.session(), observe.tier());
                        pulse.onStir();
                    }
                }
                case Commands.Ask ask -> gathering.why(desk.find(ask.player()), ask);
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
        List<Session> all = desk.all();
        unchecked = Math.min(unchecked, all.size());
        int until = Math.max(0, unchecked - Math.max(CHECKED_MIN, all.size() / CHECKS_FOR_ALL));
        while (unchecked > until) {
            check(all.get(--unchecked), nowNanos);
        }
        if (unchecked == 0) {
            metrics.queuedBytes = queued;
            metrics.queuedBytesMax = queuedMax;
            queued = 0;
            queuedMax = 0;
            unchecked = Integer.MAX_VALUE;
            if (nowNanos - sortedAtNanos > SORT_NANOS) {
                sortedAtNanos = nowNanos;
                desk.sort();
            }
        }
        fanOut.tidy();
        desk.drainSome();
        isDrained = desk.isDrained();
        subscriptions.ask(nowNanos);
        metrics.sessions = desk.count();
        metrics.channels = fanOut.channelCount();
    }

    private void check(Session session, long nowNanos) {
        desk.check(session, nowNanos);
        if (session.state == Session.State.PLAYING) {
            fanOut.feed(session);
            int bytes = session.outbox.bytes();
            queued += bytes;
            queuedMax = Math.max(queuedMax, bytes);
        }
    }

    /** The last tick that was heard of; any thread. */
    long tick() {
        return tick;
    }

    /** True once all players went elsewhere; any thread. */
    boolean isDrained() {
        return isDrained;
    }

    @Override
    public void onClose() {
        while (desk.count() > 0) {
            desk.end(
                    desk.all().getLast(),
                    DisconnectReason.NODE_STOPPING,
                    Refusal.later(Refusal.STOPPING, "the server is stopping: come back soon"));
        }
        desk.drain();
        subscriptions.drain();
    }

    @Override
    public String roleName() {
        return "gateway";
    }
}
