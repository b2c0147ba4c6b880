package dev.horizon.engine.profiles;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.ProfileSink;
import dev.horizon.engine.schedule.Niceness;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.ControlledMessageHandler.Action;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes profiles from the tick thread without making it wait, and stores them on a thread of its
 * own (or whoever calls {@link #doWork}). What the tick doesn't know of a player stays as it is
 * stored.
 */
public final class ProfileWriter implements ProfileSink, Agent {
    private static final Logger LOG = LoggerFactory.getLogger(ProfileWriter.class);

    /** Profiles on their way: some thousand of the usual size; the longest takes an eighth. */
    private static final int QUEUE_BYTES = 4 << 20;

    private static final int PROFILES_PER_CYCLE_MAX = 64;
    private static final int MESSAGE_TYPE = 1;
    private static final long IDLE_MILLIS = 5;

    private static final int PLAYER_ID = 0;
    private static final int TICK = 8;
    private static final int X = 16;
    private static final int Y = 24;
    private static final int Z = 32;
    private static final int NAME_LENGTH = 40;
    private static final int TEXT = 44;

    private final ProfileStore store;
    private final String starSystem;
    private final RingBuffer queue =
            new OneToOneRingBuffer(
                    new UnsafeBuffer(
                            ByteBuffer.allocateDirect(
                                    QUEUE_BYTES + RingBufferDescriptor.TRAILER_LENGTH)));
    private final ControlledMessageHandler handler = this::onProfile;
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong outdated = new AtomicLong();
    private final AtomicLong oversize = new AtomicLong();
    private long oversizeReported;
    private String failure = "";

    /**
     * A writer that has not started.
     *
     * @param starSystem where the players of this node are
     */
    public ProfileWriter(ProfileStore store, String starSystem) {
        this.store = store;
        this.starSystem = starSystem;
    }

    /** Starts the thread; closing the result stores what waits and ends it. */
    public AgentRunner start() {
        AgentRunner runner =
                new AgentRunner(
                        new SleepingMillisIdleStrategy(IDLE_MILLIS),
                        e -> LOG.warn("Storing profiles failed and is tried again", e),
                        null,
                        this);
        AgentRunner.startOnThread(runner, Niceness.threads(roleName()));
        return runner;
    }

    @Override
    public boolean store(
            long playerId,
            long tick,
            double x,
            double y,
            double z,
            DirectBuffer buffer,
            int offset,
            int nameLength,
            int ownedLength) {
        int length = TEXT + nameLength + ownedLength;
        if (length > ProfileCodec.PROFILE_LENGTH_MAX) {
            // It would never be taken: count it here, and let the writer's thread say so.
            oversize.lazySet(oversize.getPlain() + 1);
            return true;
        }
        int at = queue.tryClaim(MESSAGE_TYPE, length);
        if (at < 0) {
            return false;
        }
        AtomicBuffer to = queue.buffer();
        to.putLong(at + PLAYER_ID, playerId);
        to.putLong(at + TICK, tick);
        to.putDouble(at + X, x);
        to.putDouble(at + Y, y);
        to.putDouble(at + Z, z);
        to.putInt(at + NAME_LENGTH, nameLength);
        to.putBytes(at + TEXT, buffer, offset, nameLength + ownedLength);
        queue.commit(at);
        return true;
    }

    @Override
    public int doWork() {
        reportOversize();
        if (!store.isReady()) {
            return 0;
        }
        int work = queue.controlledRead(handler, PROFILES_PER_CYCLE_MAX);
        return work + (store.compactWhenDue() ? 1 : 0);
    }

    private void reportOversize() {
        long count = oversize.get();
        if (count != oversizeReported) {
            LOG.error(
                    "HZ-PRF-001: {} profiles of more than {} bytes were not stored: let players own"
                            + " less in one place",
                    count - oversizeReported,
                    ProfileCodec.PROFILE_LENGTH_MAX);
            oversizeReported = count;
        }
    }

    private Action onProfile(int type, MutableDirectBuffer buffer, int index, int length) {
        Profile profile = profile(buffer, index, length);
        try {
            if (store.store(profile)) {
                stored.incrementAndGet();
            } else if (outdated.getAndIncrement() == 0) {
                LOG.info(
                        "The profile of {} at tick {} is older than the stored one, which stays: so"
                                + " it is where ticks are run again, after a kill or at a standby",
                        profile.name(),
                        profile.tick());
            }
            failure = "";
        } catch (RuntimeException e) {
            if (!isRefusal(e)) {
                reportWaiting(profile, e);
                return Action.ABORT;
            }
            dropped.incrementAndGet();
            LOG.error("The profile of {} was not stored: {}", profile.name(), e.toString());
        }
        return Action.COMMIT;
    }

    /** True when trying again can't help. */
    private static boolean isRefusal(RuntimeException e) {
        return e instanceof HorizonException coded
                && switch (coded.code()) {
                    case "HZ-PRF-001", "HZ-PRF-002", "HZ-JRN-003" -> true;
                    default -> false;
                };
    }

    /** Once for each reason: it is tried again many times a second. */
    private void reportWaiting(Profile profile, RuntimeException e) {
        if (!failure.equals(e.toString())) {
            failure = e.toString();
            LOG.warn("The profile of {} and those behind it wait: {}", profile.name(), failure, e);
        }
    }

    private Profile profile(DirectBuffer buffer, int index, int length) {
        long playerId = buffer.getLong(index + PLAYER_ID);
        double x = buffer.getDouble(index + X);
        int nameLength = buffer.getInt(index + NAME_LENGTH);
        byte[] name = new byte[nameLength];
        buffer.getBytes(index + TEXT, name);
        byte[] owned = new byte[length - TEXT - nameLength];
        buffer.getBytes(index + TEXT + nameLength, owned);
        Profile known = store.find(playerId);
        Profile place = Double.isNaN(x) ? known : null;
        return new Profile(
                playerId,
                new String(name, StandardCharsets.UTF_8),
                buffer.getLong(index + TICK),
                place != null ? place.starSystem() : starSystem,
                place != null ? place.x() : x,
                place != null ? place.y() : buffer.getDouble(index + Y),
                place != null ? place.z() : buffer.getDouble(index + Z),
                owned);
    }

    /** Profiles stored since the start. */
    public long stored() {
        return stored.get();
    }

    /** Profiles refused since the start: too long, or of a name whose number another has. */
    public long dropped() {
        return dropped.get() + oversize.get();
    }

    /** Profiles of earlier ticks than the stored ones, which stayed. */
    public long outdated() {
        return outdated.get();
    }

    /** Bytes that wait to be stored. */
    public int queuedBytes() {
        return queue.size();
    }

    @Override
    public void onClose() {
        int queued = queue.size();
        while (queued > 0 && store.isReady()) {
            doWork();
            int left = queue.size();
            if (left >= queued) {
                LOG.error("Profiles of {} bytes could not be stored before the end", left);
                return;
            }
            queued = left;
        }
    }

    @Override
    public String roleName() {
        return "profile-writer";
    }
}
