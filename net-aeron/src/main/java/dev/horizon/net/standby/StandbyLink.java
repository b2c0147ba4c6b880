package dev.horizon.net.standby;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.archive.RecordedTape;
import dev.horizon.schemas.standby.CopyPartDecoder;
import dev.horizon.schemas.standby.MessageHeaderDecoder;
import dev.horizon.schemas.standby.NodePulseDecoder;
import io.aeron.Aeron;
import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A standby's side: asks its node for a copy, acknowledges what is recorded, hears whether the node
 * is there, and keeps the {@link StandbyPact}. On a thread of its own; what waits says so.
 */
public final class StandbyLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StandbyLink.class);
    private static final long PARK_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final long UNHEARD_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long HELLO_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long JAR_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final int FRAGMENTS_MAX = 64;
    private static final int STAGES = Stage.values().length;
    private static final int SURVIVORS = Survivor.values().length;

    private final StandbyConfig config;
    private final String node;
    private final long home;
    private final long life = ThreadLocalRandom.current().nextLong();
    private final StandbyPact pact;
    private final Voice voice;
    private final Subscription subscription;
    private final FragmentAssembler assembler =
            new FragmentAssembler((buffer, offset, length, header) -> onMessage(buffer, offset));
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final NodePulseDecoder pulse = new NodePulseDecoder();
    private final CopyPartDecoder part = new CopyPartDecoder();
    private final CopyParts parts = new CopyParts(this::onJar);
    private final JarIntake jars;
    private final Thread thread;
    private volatile @Nullable RecordedTape copy;
    private volatile LongSupplier verified = () -> 0;
    private volatile String refusal = "";
    private volatile long nodeTick;
    private volatile boolean isHeard;
    private volatile boolean isClosed;
    private long acknowledged = -1;
    private long saidAtNanos;

    /**
     * What a standby begins with.
     *
     * @param terms what made the tape
     * @param profiles of the node's journal, in order
     * @param snapshot as it lies at the node; empty where the tape runs from its first tick
     */
    public record Copy(CopyTerms terms, List<byte[]> profiles, byte[] snapshot) {}

    /**
     * Begins to listen.
     *
     * @param config of this process
     * @param nodeHost of the node
     * @param nodePort the first of its ports for standbys
     * @param home of this process's data folder
     * @param jars of the node's plugins, into that folder
     */
    public StandbyLink(
            Aeron aeron,
            StandbyConfig config,
            String nodeHost,
            int nodePort,
            long home,
            JarIntake jars) {
        this.jars = jars;
        this.config = config;
        this.home = home;
        node = nodeHost + ":" + nodePort;
        pact = new StandbyPact(config.silenceNanos(), System.nanoTime());
        subscription =
                aeron.addSubscription(
                        StandbyConfig.channel("standby-node", config.standbyEndpoint()),
                        StandbyConfig.TO_STANDBY_STREAM);
        voice = Voice.toNode(aeron, node);
        thread = Thread.ofPlatform().name("standby-link").unstarted(this::run);
    }

    /** Begins. */
    public StandbyLink start() {
        thread.start();
        return this;
    }

    /** Whether it may take over, or has. */
    public StandbyPact pact() {
        return pact;
    }

    /** The tick that the node told last. */
    public long nodeTick() {
        return nodeTick;
    }

    /** Why the node wants no standby, or ended; empty when it said nothing of the kind. */
    public String refusal() {
        return refusal;
    }

    /**
     * Waits for the copy.
     *
     * @throws HorizonException HZ-STB-004 when the node has another standby, HZ-STB-002 when it
     *     says what this build can't understand
     */
    public Copy awaitCopy() throws InterruptedException {
        CopyTerms terms = CopyTerms.decode(await(Voice.TERMS));
        List<byte[]> profiles = new ArrayList<>();
        CopyParts.Part next = take();
        while (next.kind() == Voice.PROFILE) {
            profiles.add(next.bytes());
            next = take();
        }
        return new Copy(terms, profiles, next.bytes());
    }

    /** Says that the copy is here, and waits for the Aeron session of the tape. */
    public int awaitTape() throws InterruptedException {
        pact.ready();
        return session(await(Voice.SESSION));
    }

    /**
     * From now on acknowledges what is recorded.
     *
     * @param verifiedTick the last that was run again
     */
    public void follow(RecordedTape recorded, LongSupplier verifiedTick) {
        copy = recorded;
        verified = verifiedTick;
        pact.following();
    }

    /**
     * Asks for the tape anew, from where it is recorded.
     *
     * @return its Aeron session; null when it doesn't come in time
     */
    public @Nullable Integer awaitTapeAnew(long millis) throws InterruptedException {
        synchronized (pact) {
            pact.unfed();
        }
        CopyParts.Part next = parts.poll(millis);
        return next == null || next.kind() != Voice.SESSION ? null : session(next.bytes());
    }

    /** The tape comes again. */
    public void fed() {
        synchronized (pact) {
            pact.fed();
        }
    }

    private static int session(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    /**
     * Waits for the jars of plugins, which the node gives who asks.
     *
     * @param hashes of them
     * @return false when one doesn't come in time
     * @throws HorizonException HZ-STB-015 when one came that isn't from who has the ticket key
     */
    public boolean awaitJars(Set<String> hashes) {
        long deadline = System.nanoTime() + JAR_NANOS;
        long askedAtNanos = System.nanoTime();
        List<String> lacking = jars.lacking(hashes);
        while (!lacking.isEmpty()) {
            long nowNanos = System.nanoTime();
            boolean isEnding = isClosed || Thread.currentThread().isInterrupted();
            if (isEnding || nowNanos > deadline) {
                return false;
            }
            if (nowNanos - askedAtNanos > HELLO_NANOS) {
                // What the node runs it gives unasked.
                askedAtNanos = nowNanos;
                lacking.forEach(hash -> voice.jar(life, hash, false));
            }
            LockSupport.parkNanos(PARK_NANOS);
            lacking = jars.lacking(hashes);
        }
        return true;
    }

    /**
     * Tells the node that a tick came to another world, and never takes over; the node sends a
     * snapshot of a later tick.
     */
    public void alarm(long tick, String text) {
        synchronized (pact) {
            pact.distrust();
        }
        voice.alarm(life, tick, text);
    }

    /** The snapshot that answers an alarm; null when none comes in time. */
    public byte @Nullable [] awaitSnapshot(long millis) throws InterruptedException {
        CopyParts.Part next = parts.poll(millis);
        return next == null || next.kind() != Voice.SNAPSHOT ? null : next.bytes();
    }

    /**
     * An operator wants it to take over.
     *
     * @param isNodeGone an operator vouches for the node's end
     * @throws HorizonException HZ-STB-005 when it may not, or the node doesn't agree in time
     */
    public void takeOver(boolean isNodeGone) throws InterruptedException {
        synchronized (pact) {
            if (!pact.takeOver(isNodeGone)) {
                throw new HorizonException(
                        "HZ-STB-005",
                        "the standby isn't attached, so the node may have told players what it"
                                + " doesn't have: wait until 'horizon standby status' says attached"
                                + "; where the node is gone, start the node's folder again");
            }
        }
        long deadline = System.nanoTime() + 2 * config.silenceNanos();
        while (!pact.isOver() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        synchronized (pact) {
            pact.giveUp();
        }
        if (!pact.isOver()) {
            throw new HorizonException(
                    "HZ-STB-005",
                    "the node doesn't answer, and it may go on alone (standby.survivor = \"node\"):"
                            + " make sure that its process is gone, then say so with"
                            + " --node-is-gone");
        }
    }

    /** Tells the node that this standby never takes over; acknowledges no more. */
    public void standDown() {
        synchronized (pact) {
            pact.standDown();
        }
    }

    private byte[] await(int kind) throws InterruptedException {
        CopyParts.Part next = take();
        while (next.kind() != kind) {
            next = take();
        }
        return next.bytes();
    }

    private CopyParts.Part take() throws InterruptedException {
        while (true) {
            CopyParts.Part next = parts.poll(20);
            if (next != null) {
                return next;
            }
            if (isClosed) {
                throw new InterruptedException("the standby is closing");
            }
            if (!refusal.isEmpty() || pact.claim() == Claim.STOOD_DOWN) {
                throw new HorizonException(
                        "HZ-STB-004", "the node at " + node + " takes no standby now: " + refusal);
            }
        }
    }

    private void run() {
        long begunAtNanos = System.nanoTime();
        long remindedAtNanos = begunAtNanos;
        while (!isClosed) {
            long nowNanos = System.nanoTime();
            try {
                synchronized (pact) {
                    duty(nowNanos);
                }
            } catch (RuntimeException e) {
                LOG.error("the standby's link failed in one round", e);
            }
            if (!isHeard && nowNanos - remindedAtNanos > UNHEARD_NANOS) {
                remindedAtNanos = nowNanos;
                LOG.warn("HZ-STB-001: no node is heard at {} yet; waiting for it", node);
            }
            LockSupport.parkNanos(PARK_NANOS);
        }
    }

    private void duty(long nowNanos) {
        subscription.poll(assembler, FRAGMENTS_MAX);
        RecordedTape recorded = copy;
        if (pact.poll(recorded == null || recorded.isRecording(), nowNanos)) {
            LOG.warn(
                    "HZ-STB-009: the node at {} says nothing for {} ms: this standby takes over",
                    node,
                    config.silenceMillis());
        }
        if (pact.claim() == Claim.COPYING && !isHeard) {
            if (nowNanos - saidAtNanos > HELLO_NANOS) {
                saidAtNanos = nowNanos;
                voice.hello(life, home, config);
            }
            return;
        }
        long position = acknowledged;
        if (recorded != null && pact.mayAcknowledge()) {
            position = recorded.recordedPosition();
        }
        if (position != acknowledged || nowNanos - saidAtNanos > config.voiceNanos()) {
            acknowledged = position;
            saidAtNanos = nowNanos;
            voice.ack(life, position, verified.getAsLong(), pact.claim());
        }
    }

    private void onMessage(DirectBuffer buffer, int offset) {
        header.wrap(buffer, offset);
        if (header.schemaId() != NodePulseDecoder.SCHEMA_ID) {
            return;
        }
        switch (header.templateId()) {
            case NodePulseDecoder.TEMPLATE_ID ->
                    onPulse(pulse.wrapAndApplyHeader(buffer, offset, header));
            case CopyPartDecoder.TEMPLATE_ID ->
                    onPart(part.wrapAndApplyHeader(buffer, offset, header));
            default -> {
                // Of a later version; what it says is its own business.
            }
        }
    }

    private void onPulse(NodePulseDecoder from) {
        if (from.life() != life || from.stage() >= STAGES || from.survivor() >= SURVIVORS) {
            return;
        }
        isHeard = true;
        nodeTick = from.tick();
        pact.heard(
                Stage.values()[from.stage()],
                Survivor.values()[from.survivor()],
                from.recording() == 1,
                System.nanoTime());
        String said = from.refusal();
        if (!said.isEmpty()) {
            refusal = said;
        }
    }

    private void onPart(CopyPartDecoder from) {
        if (from.life() != life) {
            return;
        }
        isHeard = true;
        parts.heard(from);
    }

    private void onJar(byte[] sealed) {
        String hash = jars.take(sealed);
        if (hash != null) {
            voice.jar(life, hash, true);
        }
    }

    /** Says a last time that it never takes over, unless it has, and ends. */
    @Override
    public void close() throws InterruptedException {
        standDown();
        if (thread.isAlive() && isHeard && !pact.isOver()) {
            // Said in the next round, so that the node needs no operator to go on without.
            TimeUnit.NANOSECONDS.sleep(2 * config.voiceNanos());
        }
        isClosed = true;
        thread.join(TimeUnit.SECONDS.toMillis(5));
        voice.close();
        subscription.close();
    }
}
