package dev.horizon.mesh.simulation;

import dev.horizon.engine.ports.TickLog;
import dev.horizon.schemas.ticklog.MessageHeaderDecoder;
import dev.horizon.schemas.ticklog.TickInputsDecoder;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A node's tape on a disk that lags, and loses at a crash what it had not recorded; with a copy at
 * a standby, recorded is what both have.
 */
final class SimulatedTape implements TickLog {
    /** A world between two ticks. */
    record Snapshot(long position, long tick, byte[] world, byte[] state) {}

    private record Message(long end, byte[] bytes) {}

    private final SplittableRandom random;
    private final List<Message> messages = new ArrayList<>();
    private final Deque<Snapshot> snapshots = new ArrayDeque<>();
    private long end;
    private long recorded;
    private long stuckUntil;

    /** At a standby that may take over; null without one. */
    private @Nullable SimulatedTape copy;

    /** What a standby had when it took over; beyond that nothing is recorded any more. */
    private long limit = Long.MAX_VALUE;

    SimulatedTape(SplittableRandom random) {
        this.random = random;
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** The disk takes nothing until then. */
    void stick(long until) {
        stuckUntil = until;
    }

    @Override
    public long offer(DirectBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        end += length;
        messages.add(new Message(end, bytes));
        return end;
    }

    /** The disk gets on: mostly with all, sometimes with a part. */
    void turn(long now) {
        if (now >= stuckUntil) {
            recorded = random.nextInt(4) == 0 ? between() : end;
        }
        SimulatedTape to = copy;
        if (to != null && random.nextInt(4) > 0) {
            to.take(this, to.end + random.nextLong(recorded - to.end + 1));
        }
    }

    /** All of it is on the disk. */
    void flush() {
        recorded = end;
    }

    /** From now on a standby keeps a copy. */
    void follow() {
        SimulatedTape to = new SimulatedTape(random);
        to.take(this, recorded);
        copy = to;
    }

    boolean isFollowed() {
        return copy != null;
    }

    /** The standby never takes over, or an operator vouches that it didn't. */
    void letGo() {
        copy = null;
        limit = Long.MAX_VALUE;
    }

    /** The standby acknowledges no more, and has this. */
    SimulatedTape takeOver() {
        SimulatedTape to = Objects.requireNonNull(copy);
        copy = null;
        limit = to.end;
        return to;
    }

    private void take(SimulatedTape from, long upTo) {
        for (Message message : from.messages) {
            if (message.end > end && message.end <= upTo) {
                messages.add(message);
            }
        }
        for (Snapshot snapshot : from.snapshots) {
            if (snapshot.position > end && snapshot.position <= upTo) {
                snapshots.addLast(snapshot);
            }
        }
        end = messages.isEmpty() ? 0 : messages.getLast().end;
        recorded = end;
    }

    private long between() {
        int behind = messages.size();
        while (behind > 0 && messages.get(behind - 1).end > recorded) {
            behind--;
        }
        int more = random.nextInt(messages.size() - behind + 1);
        return more == 0 ? recorded : messages.get(behind + more - 1).end;
    }

    @Override
    public long recordedPosition() {
        SimulatedTape to = copy;
        return Math.min(recorded, to == null ? limit : to.end);
    }

    void snapshot(long tick, byte[] world, byte[] state) {
        snapshots.addLast(new Snapshot(end, tick, world, state));
    }

    /** What was not recorded is gone, or a part of it. */
    void crash() {
        recorded = between();
        end = recorded;
        messages.removeIf(message -> message.end > recorded);
        snapshots.removeIf(snapshot -> snapshot.position > recorded);
        stuckUntil = 0;
    }

    /** The last snapshot, or null. */
    @Nullable Snapshot last() {
        return snapshots.peekLast();
    }

    /** The inputs of each tick behind a snapshot. */
    List<List<byte[]>> inputsAfter(@Nullable Snapshot snapshot) {
        List<List<byte[]>> ticks = new ArrayList<>();
        MessageHeaderDecoder header = new MessageHeaderDecoder();
        for (Message message : messages) {
            UnsafeBuffer buffer = new UnsafeBuffer(message.bytes);
            boolean isAfter = snapshot == null || message.end > snapshot.position;
            if (isAfter && header.wrap(buffer, 0).templateId() == TickInputsDecoder.TEMPLATE_ID) {
                ticks.add(inputs(buffer, header));
            }
        }
        return ticks;
    }

    private static List<byte[]> inputs(UnsafeBuffer buffer, MessageHeaderDecoder header) {
        TickInputsDecoder decoder = new TickInputsDecoder().wrapAndApplyHeader(buffer, 0, header);
        int count = (int) decoder.inputCount();
        byte[] bytes = new byte[decoder.inputsLength()];
        decoder.getInputs(bytes, 0, bytes.length);
        UnsafeBuffer entries = new UnsafeBuffer(bytes);
        List<byte[]> found = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < count; i++) {
            byte[] input = new byte[entries.getInt(at, ByteOrder.LITTLE_ENDIAN)];
            entries.getBytes(at + Integer.BYTES, input);
            found.add(input);
            at = (at + Integer.BYTES + input.length + 7) & -8;
        }
        return found;
    }

    @Override
    public void close() {}
}
