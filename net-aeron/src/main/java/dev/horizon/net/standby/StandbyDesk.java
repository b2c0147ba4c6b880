package dev.horizon.net.standby;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.archive.ArchiveTickLog;
import dev.horizon.net.archive.TapeCopy;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.net.replay.JarShelf;
import dev.horizon.net.replay.TapeSetup;
import dev.horizon.schemas.standby.MessageHeaderDecoder;
import dev.horizon.schemas.standby.StandbyAckDecoder;
import dev.horizon.schemas.standby.StandbyAlarmDecoder;
import dev.horizon.schemas.standby.StandbyHelloDecoder;
import dev.horizon.schemas.standby.StandbyJarDecoder;
import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's side: gives a standby what it begins with and the tape, hears what it has recorded, and
 * keeps the {@link NodePact}. On a thread of its own; everything public is for any thread.
 */
public final class StandbyDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StandbyDesk.class);
    private static final long PARK_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final int FRAGMENTS_MAX = 64;

    /** Jars have hundreds of kilobytes. */
    private static final int TAKE_SILENCES = 8;

    private static final int CLAIMS = Claim.values().length;

    private final EmbeddedDriver driver;
    private final CopySource source;
    private final ArchiveTickLog tape;
    private final StandbyConfig config;
    private final FollowedNode owner;
    private final NodePact pact;
    private final Feed feed;
    private final JarDesk jars;
    private final AlarmDesk alarms;
    private final Subscription subscription;
    private final FragmentAssembler assembler =
            new FragmentAssembler((buffer, offset, length, header) -> onMessage(buffer, offset));
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final StandbyHelloDecoder hello = new StandbyHelloDecoder();
    private final StandbyAckDecoder ack = new StandbyAckDecoder();
    private final StandbyAlarmDecoder alarm = new StandbyAlarmDecoder();
    private final StandbyJarDecoder jar = new StandbyJarDecoder();
    private final AtomicInteger copies = new AtomicInteger();
    private final Thread thread;
    private @Nullable Voice voice;
    private String host = "";
    private int port;
    private Stage lastStage = Stage.NONE;
    private long saidAtNanos;
    private volatile long feedFrom = -1;
    private volatile boolean isClosed;

    /**
     * Begins to listen.
     *
     * @param seal for jars of plugins
     * @param pact a new one, whose limit the tick loop keeps
     * @throws RuntimeException when the port can't be had
     */
    public StandbyDesk(
            EmbeddedDriver driver,
            CopySource source,
            JarSeal seal,
            StandbyConfig config,
            NodePact pact,
            FollowedNode owner) {
        this.driver = driver;
        this.source = source;
        this.tape = source.tape();
        this.config = config;
        this.owner = owner;
        this.pact = pact;
        feed = new Feed(driver, tape);
        jars =
                new JarDesk(
                        new JarShelf(source.dataDirectory()),
                        seal,
                        pact,
                        TapeSetup.decode(source.setup()).hashes(),
                        TAKE_SILENCES * config.silenceNanos());
        alarms = new AlarmDesk(source, owner::askSnapshot);
        subscription =
                driver.aeron()
                        .addSubscription(
                                StandbyConfig.channel("standby", config.nodeEndpoint()),
                                StandbyConfig.TO_NODE_STREAM);
        thread = Thread.ofPlatform().name("standby-desk").unstarted(this::run);
    }

    /** Begins. */
    public StandbyDesk start() {
        thread.start();
        return this;
    }

    /** What may leave, and why. */
    public NodePact pact() {
        return pact;
    }

    /** What a standby alarmed of last: empty when nothing. */
    public String lastAlarm() {
        return alarms.last();
    }

    /** Bytes of the tape that the standby hasn't recorded yet. */
    public long behindBytes() {
        return pact.acknowledged() < 0
                ? 0
                : Math.max(0, tape.recordedPosition() - pact.acknowledged());
    }

    /**
     * Before the node runs other plugins: a standby that may take over has their jars then.
     *
     * @param setup with those plugins, whose jars are on the shelf of the node's folder
     * @throws HorizonException HZ-STB-014 when the standby doesn't take them
     */
    public void share(TapeSetup setup) throws InterruptedException {
        jars.share(setup.hashes());
    }

    /**
     * Lets go of the standby: asks it to stand down, and waits for its word.
     *
     * @param isStandbyGone an operator vouches that it is gone and has not taken over
     * @throws HorizonException HZ-STB-005 when it says nothing: it may have taken over
     */
    public void detach(boolean isStandbyGone) throws InterruptedException {
        synchronized (pact) {
            pact.detach();
        }
        long deadline = System.nanoTime() + 2 * config.silenceNanos();
        while (pact.stage() == Stage.DETACHING && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        if (pact.stage() == Stage.DETACHING && isStandbyGone) {
            synchronized (pact) {
                pact.confirmGone();
                LOG.warn("HZ-STB-007: an operator let go of the standby; the node goes on without");
            }
        }
        if (pact.stage() == Stage.DETACHING || pact.stage() == Stage.REPLACED) {
            throw new HorizonException(
                    "HZ-STB-005",
                    pact.stage() == Stage.REPLACED
                            ? "the standby has taken over: this node ends"
                            : "the standby doesn't answer, so it may have taken over: make sure that"
                                    + " its process is gone, then say so with --standby-is-gone");
        }
    }

    private void run() {
        while (!isClosed) {
            try {
                synchronized (pact) {
                    duty(System.nanoTime());
                }
            } catch (RuntimeException e) {
                LOG.error("the standby's desk failed in one round", e);
            }
            LockSupport.parkNanos(PARK_NANOS);
        }
    }

    private void duty(long nowNanos) {
        subscription.poll(assembler, FRAGMENTS_MAX);
        if (pact.poll(nowNanos)) {
            LOG.warn("HZ-STB-007: the standby says nothing; the node goes on without");
        }
        if (pact.isNear(tape.recordedPosition(), owner.tick(), owner.tickHz())) {
            pact.hold();
            pact.held(tape.recordedPosition());
        } else if (pact.isCovered() && jars.isCovered()) {
            owner.attached(host + ":" + port);
            pact.attach();
            LOG.info("the standby at {}:{} is attached: it may take over", host, port);
        }
        alarms.sayWanted(voice, pact.life());
        boolean hasChanged = pact.stage() != lastStage;
        if (hasChanged) {
            lastStage = pact.stage();
            changed(lastStage);
        }
        Voice to = voice;
        if (to != null && (hasChanged || nowNanos - saidAtNanos > config.voiceNanos())) {
            saidAtNanos = nowNanos;
            pulse(to, "");
        }
    }

    private void changed(Stage now) {
        if (now == Stage.NONE) {
            settle();
        } else if (now == Stage.REPLACED) {
            owner.replaced(
                    new HorizonException(
                            "HZ-STB-008",
                            "the standby at "
                                    + host
                                    + ":"
                                    + port
                                    + " has taken over behind tick "
                                    + pact.verifiedTick()
                                    + ": this node ends. Its folder may become the standby's"
                                    + " standby: horizon standby --of"));
        }
    }

    private void settle() {
        feed.stop();
        owner.letGo();
    }

    private void pulse(Voice to, String refusal) {
        to.pulse(
                pact.life(),
                owner.tick(),
                pact.stage(),
                pact.survivor(),
                tape.isRecording(),
                refusal);
    }

    private void onMessage(DirectBuffer buffer, int offset) {
        header.wrap(buffer, offset);
        if (header.schemaId() != StandbyHelloDecoder.SCHEMA_ID) {
            return;
        }
        switch (header.templateId()) {
            case StandbyHelloDecoder.TEMPLATE_ID ->
                    onHello(hello.wrapAndApplyHeader(buffer, offset, header));
            case StandbyAckDecoder.TEMPLATE_ID ->
                    onAck(ack.wrapAndApplyHeader(buffer, offset, header));
            case StandbyAlarmDecoder.TEMPLATE_ID ->
                    onAlarm(alarm.wrapAndApplyHeader(buffer, offset, header));
            case StandbyJarDecoder.TEMPLATE_ID ->
                    onJar(jar.wrapAndApplyHeader(buffer, offset, header));
            default -> {
                // Of a later version; what it says is its own business.
            }
        }
    }

    private void onHello(StandbyHelloDecoder from) {
        long life = from.life();
        int fromPort = from.port();
        String fromHost = from.host();
        try {
            if (!pact.hello(life, from.home(), System.nanoTime())) {
                return;
            }
        } catch (HorizonException refused) {
            refuse(life, fromHost, fromPort, String.valueOf(refused.getMessage()));
            return;
        }
        settle();
        host = fromHost;
        port = fromPort;
        Voice former = voice;
        if (former != null) {
            former.close();
        }
        Voice to = Voice.toStandby(driver.aeron(), StandbyConfig.endpoint(host, port));
        voice = to;
        feedFrom = -1;
        jars.begin(to::jar);
        alarms.begin();
        int copy = copies.incrementAndGet();
        LOG.info("a standby at {}:{} asks for a copy of the world", host, port);
        Thread.ofVirtual().start(() -> copyTo(to, life, copy));
    }

    private void copyTo(Voice to, long life, int copy) {
        try {
            long from = jars.sayTo(to::jar, life) ? source.sayTo(to, life) : -1;
            if (copy == copies.get()) {
                feedFrom = from;
            }
        } catch (RuntimeException e) {
            if (!isClosed) {
                LOG.error("the copy for the standby failed; it is forgotten unless it asks", e);
            }
        }
    }

    private void refuse(long life, String toHost, int toPort, String why) {
        Thread.ofVirtual()
                .start(() -> {
                    String endpoint = StandbyConfig.endpoint(toHost, toPort);
                    try (Voice to = Voice.toStandby(driver.aeron(), endpoint)) {
                        long deadline = System.nanoTime() + config.silenceNanos();
                        while (System.nanoTime() < deadline && !isClosed) {
                            to.pulse(life, owner.tick(), Stage.NONE, pact.survivor(), true, why);
                            LockSupport.parkNanos(config.voiceNanos());
                        }
                    }
                });
    }

    private void onAck(StandbyAckDecoder from) {
        int claim = from.claim();
        if (claim >= CLAIMS) {
            return;
        }
        Claim said = Claim.values()[claim];
        pact.acknowledge(from.life(), from.position(), from.tick(), said, System.nanoTime());
        if (from.life() != pact.life()) {
            return;
        }
        long nowNanos = System.nanoTime();
        if (said == Claim.READY && pact.stage() == Stage.COPYING && feedFrom >= 0) {
            feed(TapeCopy.startFor(feedFrom));
        } else if (said == Claim.UNFED && pact.isFed() && feed.isTried(nowNanos)) {
            LOG.warn("the tape didn't reach the standby; it goes on at {}", from.position());
            feed(from.position());
        }
    }

    private void feed(long position) {
        Voice to = voice;
        if (to == null) {
            return;
        }
        byte[] session = feed.start(position, StandbyConfig.tapeEndpoint(host, port));
        if (session.length == 0) {
            pact.detach();
        } else if (to.partNow(pact.life(), Voice.SESSION, session)) {
            pact.feeding();
        }
    }

    private void onAlarm(StandbyAlarmDecoder from) {
        if (from.life() == pact.life()) {
            alarms.heard(from);
        }
    }

    private void onJar(StandbyJarDecoder from) {
        if (from.life() == pact.life()) {
            jars.heard(from.sha256(), from.kept() == 1);
        }
    }

    /**
     * Lets go of the standby, if it answers in time, and ends. Otherwise what was noted stays: the
     * standby may have taken over.
     */
    @Override
    public void close() throws InterruptedException {
        if (thread.isAlive() && pact.stage() != Stage.REPLACED) {
            try {
                detach(false);
                sayGoodbye();
            } catch (HorizonException e) {
                LOG.warn("{}: {}", e.code(), e.getMessage());
            }
        }
        isClosed = true;
        thread.join(TimeUnit.SECONDS.toMillis(5));
        synchronized (pact) {
            feed.stop();
        }
        Voice to = voice;
        if (to != null) {
            to.close();
        }
        subscription.close();
    }

    private void sayGoodbye() {
        synchronized (pact) {
            if (voice != null) {
                pulse(voice, "the node has ended");
            }
        }
    }
}
