package dev.horizon.net.standby;

import dev.horizon.schemas.standby.CopyPartEncoder;
import dev.horizon.schemas.standby.MessageHeaderEncoder;
import dev.horizon.schemas.standby.NodePulseEncoder;
import dev.horizon.schemas.standby.StandbyAckEncoder;
import dev.horizon.schemas.standby.StandbyAlarmEncoder;
import dev.horizon.schemas.standby.StandbyHelloEncoder;
import dev.horizon.schemas.standby.StandbyJarEncoder;
import io.aeron.Aeron;
import io.aeron.Publication;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/** What one of the two says to the other. Thread-safe; only pieces of a copy wait for room. */
final class Voice implements AutoCloseable {
    /** Parts of a copy. */
    static final int TERMS = 0;

    static final int SNAPSHOT = 1;
    static final int PROFILE = 2;
    static final int SESSION = 3;
    static final int JAR = 4;

    /** A part goes in pieces of so many bytes: some of them fit a receiver's window. */
    private static final int PIECE_BYTES = 32 << 10;

    private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final Publication publication;

    /** Pieces of one part stand together. */
    private final ReentrantLock speaking = new ReentrantLock();

    private Voice(Publication publication) {
        this.publication = publication;
    }

    static Voice toNode(Aeron aeron, String endpoint) {
        return new Voice(
                aeron.addPublication(
                        StandbyConfig.channel("standby", endpoint), StandbyConfig.TO_NODE_STREAM));
    }

    static Voice toStandby(Aeron aeron, String endpoint) {
        return new Voice(
                aeron.addPublication(
                        StandbyConfig.channel("standby-node", endpoint),
                        StandbyConfig.TO_STANDBY_STREAM));
    }

    void hello(long life, long home, StandbyConfig own) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        StandbyHelloEncoder message = new StandbyHelloEncoder();
        message.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .life(life)
                .home(home)
                .port(own.port())
                .host(own.host());
        offer(buffer, message.encodedLength());
    }

    void ack(long life, long position, long tick, Claim claim) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        StandbyAckEncoder message = new StandbyAckEncoder();
        message.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .life(life)
                .position(position)
                .tick(tick)
                .claim((short) claim.ordinal());
        offer(buffer, message.encodedLength());
    }

    void alarm(long life, long tick, String text) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        StandbyAlarmEncoder message = new StandbyAlarmEncoder();
        message.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .life(life)
                .tick(tick)
                .text(text);
        offer(buffer, message.encodedLength());
    }

    void jar(long life, String sha256, boolean isKept) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        StandbyJarEncoder message = new StandbyJarEncoder();
        message.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .life(life)
                .kept((short) (isKept ? 1 : 0))
                .sha256(sha256);
        offer(buffer, message.encodedLength());
    }

    void pulse(
            long life,
            long tick,
            Stage stage,
            Survivor survivor,
            boolean isRecording,
            String refusal) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        NodePulseEncoder message = new NodePulseEncoder();
        message.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .life(life)
                .tick(tick)
                .stage((short) stage.ordinal())
                .survivor((short) survivor.ordinal())
                .recording((short) (isRecording ? 1 : 0))
                .refusal(refusal);
        offer(buffer, message.encodedLength());
    }

    /**
     * Says a part of a copy, piece by piece, once no other part is being said.
     *
     * @return false when the other took none of it for too long
     */
    boolean part(long life, int part, byte[] bytes) {
        speaking.lock();
        try {
            return pieces(life, part, bytes);
        } finally {
            speaking.unlock();
        }
    }

    /** Says the jar of a plugin. */
    boolean jar(long life, byte[] bytes) {
        return part(life, JAR, bytes);
    }

    /** A part for who can't wait; false also while another part is being said. */
    boolean partNow(long life, int part, byte[] bytes) {
        if (!speaking.tryLock()) {
            return false;
        }
        try {
            return pieces(life, part, bytes);
        } finally {
            speaking.unlock();
        }
    }

    private boolean pieces(long life, int part, byte[] bytes) {
        MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        CopyPartEncoder message = new CopyPartEncoder();
        int from = 0;
        do {
            int length = Math.min(PIECE_BYTES, bytes.length - from);
            message.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                    .life(life)
                    .part((short) part)
                    .last((short) (from + length == bytes.length ? 1 : 0))
                    .first((short) (from == 0 ? 1 : 0))
                    .putBytes(bytes, from, length);
            if (!awaitOffer(buffer, message.encodedLength())) {
                return false;
            }
            from += length;
        } while (from < bytes.length);
        return true;
    }

    private boolean awaitOffer(MutableDirectBuffer buffer, int length) {
        long start = System.nanoTime();
        while (!offer(buffer, length)) {
            if (publication.isClosed() || System.nanoTime() - start > STALL_NANOS) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }

    private boolean offer(MutableDirectBuffer buffer, int length) {
        return publication.offer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + length) > 0;
    }

    @Override
    public void close() {
        publication.close();
    }
}
