package dev.horizon.net.gateway;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.world.Tier;
import dev.horizon.net.streams.FrameSubscriber;
import dev.horizon.net.streams.NodeRoom;
import dev.horizon.net.streams.StreamAddresses;
import dev.horizon.net.streams.TransportConfig;
import io.aeron.Aeron;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongHashSet;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node in another process, which may not be there, come late, go and come back. Hears its
 * presence, opens the link by the node's own terms, and opens it anew for a new life of the node.
 * While the node is away it takes nothing. The agent's thread, but for opening and closing.
 */
public final class RemoteNode implements NodeLink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteNode.class);

    /** Its presence comes twice a second: who missed four of them hears nobody. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** A tier that is silent for so many ticks of its node is joined again: seconds. */
    private static final int SILENT_TIER_SECONDS = 3;

    private static final long UNREACHED_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Aeron aeron;
    private final String networkInterface;
    private final int gatewayId;
    private final NanoClock clock;
    private final Consumer<NodeTerms> onTerms;
    private final Whereabouts presence;
    private final AtomicReference<@Nullable Opened> opened = new AtomicReference<>();
    private final LongHashSet said = new LongHashSet();
    private byte @Nullable [] openedTerms;
    private byte @Nullable [] linkTerms;
    private long listenedAtNanos;
    private long heardAtNanos;
    private long openedAtNanos;
    private long awayAtNanos;
    private long remindedAtNanos;
    private boolean wasHeard;
    private boolean isUnreachedSaid;
    private boolean isResubscribing;
    private volatile boolean isOpeningFailed;
    private volatile boolean isClosed;
    private volatile @Nullable AeronNodeLink link;
    private volatile @Nullable NodeTerms terms;
    private volatile int epoch;
    private int epochs;

    /**
     * Where a node may be.
     *
     * @param host how its machine is called from here
     * @param port the first of its UDP ports
     */
    public record Address(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    private record Opened(AeronNodeLink link, NodeTerms terms, byte[] json) {}

    /**
     * Begins to listen.
     *
     * @param addresses of the node, and of standbys that may take over
     * @param networkInterface of this machine, for multicast
     * @param onTerms told what the node's terms are, before the link is used; not the agent's
     *     thread
     */
    public RemoteNode(
            Aeron aeron,
            List<Address> addresses,
            String networkInterface,
            int gatewayId,
            Consumer<NodeTerms> onTerms,
            NanoClock clock) {
        this.aeron = aeron;
        this.networkInterface = networkInterface;
        this.gatewayId = gatewayId;
        this.onTerms = onTerms;
        this.clock = clock;
        listenedAtNanos = clock.nanoTime();
        awayAtNanos = listenedAtNanos - 1;
        remindedAtNanos = listenedAtNanos;
        presence = new Whereabouts(aeron, addresses);
    }

    /** 0 while the node is away, else a number that grows each time it is there anew. */
    @Override
    public int epoch() {
        return epoch;
    }

    /** What the node said of itself; null before it was heard. Any thread. */
    public @Nullable NodeTerms terms() {
        return terms;
    }

    @Override
    public long home() {
        NodeTerms known = terms;
        return known == null ? 0 : known.home();
    }

    @Override
    public List<NodeRoom> placement() {
        return presence.placement();
    }

    @Override
    public @Nullable ChannelConfig channels() {
        NodeTerms known = terms;
        return known == null ? null : known.channels();
    }

    /** What came of a tier's frames by the present link, and what of it nobody watched. */
    public FrameSubscriber.Received received(Tier tier) {
        AeronNodeLink to = link;
        return to == null ? FrameSubscriber.Received.NOTHING : to.received(tier);
    }

    private void listen() {
        long nowNanos = clock.nanoTime();
        boolean stoodStill = nowNanos - listenedAtNanos > SILENCE_NANOS;
        listenedAtNanos = nowNanos;
        if (presence.poll(nowNanos)) {
            heardAtNanos = nowNanos;
            wasHeard = true;
            byte[] now = presence.terms();
            if (isOpeningFailed) {
                isOpeningFailed = false;
                openedTerms = null;
            }
            // A new life of the node has other terms, if only by its number.
            if (now != null && !Arrays.equals(openedTerms, now) && !learns(now)) {
                openedTerms = now;
                openedAtNanos = nowNanos;
                isUnreachedSaid = false;
                String host = presence.address().host();
                Thread.ofVirtual().start(() -> open(now, host));
            }
        }
        adopt();
        if (!wasHeard && nowNanos - remindedAtNanos > UNREACHED_NANOS) {
            remindedAtNanos = nowNanos;
            LOG.warn("HZ-GW-043: no node is heard at {}; waiting for it", presence);
        }
        AeronNodeLink to = link;
        boolean isHeard = wasHeard && nowNanos - heardAtNanos <= SILENCE_NANOS;
        boolean isRight = linkTerms == openedTerms;
        boolean isThere = isHeard && isRight && to != null && to.isConnected() && !stoodStill;
        // The next life's inputs come where the former's did: only its voice tells which life it
        // is.
        boolean isHeardAnew = heardAtNanos - awayAtNanos > 0;
        if (isThere && epoch == 0 && isHeardAnew) {
            said.clear();
            isResubscribing = true;
            epoch = ++epochs;
            LOG.info(
                    "the node is there, at {}, incarnation {}, at tick {}",
                    presence.address(),
                    presence.incarnation(),
                    presence.tick());
        } else if (!isThere && epoch != 0) {
            epoch = 0;
            awayAtNanos = nowNanos;
            // The node may have given these streams up, which look connected for seconds still and
            // lose what they are given: only streams of their own tell that it is there again.
            openedTerms = null;
            linkTerms = null;
            openedAtNanos = nowNanos;
            LOG.warn("HZ-GW-043: the node is away; sessions wait for it");
        }
        if (epoch != 0 && to != null) {
            if (isResubscribing && to.resubscribe(said)) {
                isResubscribing = false;
            }
            NodeTerms known = terms;
            int hz = known == null ? 1 : known.tickHz();
            to.rejoinSilent(presence.tick() - (long) SILENT_TIER_SECONDS * hz);
        } else if (isHeard && !isUnreachedSaid && nowNanos - openedAtNanos > UNREACHED_NANOS) {
            isUnreachedSaid = true;
            LOG.error(
                    "HZ-STR-005: the node is there, but its streams ({}) don't reach this machine:"
                            + " check streams.network-interface, or set the node's streams.transport to"
                            + " another rung; `horizon doctor` tells what works here",
                    terms == null ? "unknown" : terms.transport().kind());
        }
    }

    /** Takes over terms that ask for no other link: the node runs plugins with other events. */
    private boolean learns(byte[] now) {
        NodeTerms known = terms;
        if (known == null || openedTerms == null || linkTerms != openedTerms) {
            return false;
        }
        NodeTerms said = NodeTerms.decode(now);
        if (!said.hasLinkOf(known)) {
            return false;
        }
        terms = said;
        openedTerms = now;
        linkTerms = now;
        Thread.ofVirtual().start(() -> onTerms.accept(said));
        return true;
    }

    private void open(byte[] json, String nodeHost) {
        try {
            NodeTerms said = NodeTerms.decode(json);
            TransportConfig transport = said.transport().from(nodeHost, networkInterface);
            AeronNodeLink fresh =
                    new AeronNodeLink(
                            aeron,
                            new StreamAddresses(transport, said.starSystem(), said.life()),
                            gatewayId,
                            clock);
            onTerms.accept(said);
            Opened before = opened.getAndSet(new Opened(fresh, said, json));
            if (before != null) {
                before.link().close();
            }
        } catch (RuntimeException e) {
            if (!isClosed) {
                LOG.error("the link to the node can't be opened; it is tried again", e);
                isOpeningFailed = true;
            }
        }
        Opened left = isClosed ? opened.getAndSet(null) : null;
        if (left != null) {
            left.link().close();
        }
    }

    private void adopt() {
        Opened fresh = opened.getAndSet(null);
        if (fresh == null) {
            return;
        }
        AeronNodeLink former = link;
        if (former != null) {
            fresh.link().watchAgain(former);
            Thread.ofVirtual().start(former::close);
        }
        if (epoch != 0) {
            epoch = 0;
            awayAtNanos = heardAtNanos - 1;
            LOG.warn("HZ-GW-043: the node began anew; sessions wait for it");
        }
        terms = fresh.terms();
        link = fresh.link();
        linkTerms = fresh.json();
    }

    @Override
    public boolean offerInput(DirectBuffer buffer, int offset, int length) {
        AeronNodeLink to = link;
        return isFollowed() && to != null && to.offerInput(buffer, offset, length);
    }

    @Override
    public int inputLengthMax() {
        AeronNodeLink to = link;
        return to == null ? Integer.MAX_VALUE : to.inputLengthMax();
    }

    @Override
    public boolean subscribe(int gateway, long channelId) {
        AeronNodeLink to = link;
        return isReady() && to != null && to.subscribe(gateway, channelId);
    }

    @Override
    public boolean unsubscribe(int gateway, long channelId) {
        AeronNodeLink to = link;
        return isReady() && to != null && to.unsubscribe(gateway, channelId);
    }

    @Override
    public boolean requestKeyframe(int gateway, long channelId) {
        AeronNodeLink to = link;
        return isReady() && to != null && to.requestKeyframe(gateway, channelId);
    }

    /** What is watched already is said to a returned node before anything changes. */
    private boolean isReady() {
        return isFollowed() && !isResubscribing;
    }

    /** An agent that stood still listens first: what it would say now may reach nobody. */
    private boolean isFollowed() {
        return epoch != 0 && clock.nanoTime() - listenedAtNanos <= SILENCE_NANOS;
    }

    @Override
    public int pollSessions(MessageHandler handler, int limit) {
        listen();
        AeronNodeLink to = link;
        return to == null ? 0 : to.pollSessions(handler, limit);
    }

    @Override
    public int pollFrames(MessageHandler handler, int limit) {
        AeronNodeLink to = link;
        return to == null ? 0 : to.pollFrames(handler, limit);
    }

    @Override
    public int framesOf(Tier tier, long tick) {
        AeronNodeLink to = link;
        return to == null ? NOT_JOINED : to.framesOf(tier, tick);
    }

    @Override
    public void close() {
        isClosed = true;
        Opened left = opened.getAndSet(null);
        CloseHelper.closeAll(left == null ? null : left.link(), link, presence);
    }
}
