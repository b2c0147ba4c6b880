package dev.horizon.net.gateway;

import dev.horizon.schemas.ticklog.MessageHeaderDecoder;
import dev.horizon.schemas.ticklog.RawClientMessageDecoder;
import dev.horizon.schemas.ticklog.SessionEventDecoder;
import dev.horizon.schemas.ticklog.SessionInputDecoder;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Which node has one session, and what of the session's inputs that node may lack: they are sent to
 * it again when the session comes to another node, or its node comes back. A node takes each once,
 * by its number. Sessions go by what nodes say alone: the one that has it welcomes it, and the one
 * that let it go says where it went. One thread's.
 */
public final class Route {
    /** A node that doesn't have a session yet that was said to come is asked again. */
    static final long ASK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** Inputs that no tick has read, as far as is known; with more, a session waits. */
    static final int UNREAD_MAX = 1_024;

    /** Of them, bytes. */
    static final int UNREAD_BYTES_MAX = 256 << 10;

    /** Where the number of an input stands, the same in all of them. */
    private static final int SEQUENCE_AT =
            MessageHeaderDecoder.ENCODED_LENGTH + SessionEventDecoder.sequenceEncodingOffset();

    /** A node, as a route sees it. */
    public interface Node {
        /** Sends an input behind all that was sent before; an absent node gets nothing. */
        void send(byte[] input);

        /** False while it is away. */
        boolean isThere();
    }

    /** What a node's refusal of the session means. */
    public enum Refused {
        /** Nothing: it isn't the node that the session is at. */
        NOTHING,
        /** The session isn't there yet: it is asked for again. */
        LATER,
        /** It isn't there, and nobody has said where it is. */
        UNKNOWN
    }

    private final Supplier<byte[]> opening;
    private final ArrayDeque<byte[]> unread = new ArrayDeque<>(2);
    private Node node;
    private int unreadBytes;

    /** The node has it: inputs go there at once. */
    private boolean isSettled;

    /** The node was asked for it and has not answered. */
    private boolean isAsked;

    /** Another node said that it is there, or on its way. */
    private boolean isExpected;

    private long askAtNanos;

    /**
     * A route to a node that knows nothing of the session.
     *
     * @param opening makes what asks a node to take the session
     */
    public Route(Node node, Supplier<byte[]> opening) {
        this.node = node;
        this.opening = opening;
    }

    /** The node that has the session, as far as is known. */
    public Node node() {
        return node;
    }

    /** True while inputs wait for a node to take the session. */
    public boolean isUnsettled() {
        return !isSettled;
    }

    /** True while the session is between two nodes. */
    public boolean isUnderway() {
        return isExpected;
    }

    /** Asks the node to take the session. */
    public void open() {
        isSettled = false;
        isAsked = true;
        node.send(opening.get());
    }

    /** Asks another node, since this one doesn't know the session. */
    public void open(Node other) {
        node = other;
        open();
    }

    /** The session may be at an absent node: nobody else has it. It is asked once it is back. */
    public void await(Node absent) {
        node = absent;
        isSettled = false;
        isAsked = false;
    }

    /**
     * Sends an input, now or when a node has the session.
     *
     * @return false when too much waits: it was not taken
     */
    public boolean input(byte[] message) {
        boolean isFull =
                unread.size() >= UNREAD_MAX || unreadBytes + message.length > UNREAD_BYTES_MAX;
        if (isFull && !isSettled) {
            return false;
        }
        if (isFull && !unread.isEmpty()) {
            forgetFirst(); // A node that is there has read it, or will.
        }
        unread.add(message);
        unreadBytes += message.length;
        if (isSettled) {
            node.send(message);
        }
        return true;
    }

    /** A node has read this input of the session and all before it. */
    public void read(Node by, int sequence) {
        if (by == node) {
            forget(sequence);
        }
    }

    /**
     * A node has the session.
     *
     * @param lastRead of its inputs
     * @return true when nobody asked it: the session has come to it
     */
    public boolean welcome(Node by, int lastRead) {
        boolean hasCome = by != node || !(isAsked || isSettled);
        node = by;
        forget(lastRead);
        if (hasCome) {
            // It waits there for its gateway to take it up.
            node.send(opening.get());
        }
        if (hasCome || !isSettled) {
            unread.forEach(node::send);
        }
        isSettled = true;
        isAsked = false;
        isExpected = false;
        return hasCome;
    }

    /** A node says that it let the session go to another; false for one that doesn't have it. */
    public boolean gone(Node by, Node to, long nowNanos) {
        if (by != node) {
            return false;
        }
        node = to;
        isSettled = false;
        isAsked = false;
        isExpected = true;
        askAtNanos = nowNanos + ASK_NANOS;
        return true;
    }

    /** A node says that it doesn't have the session. */
    public Refused refused(Node by, long nowNanos) {
        if (by != node || isSettled) {
            return Refused.NOTHING;
        }
        isAsked = false;
        if (!isExpected) {
            return Refused.UNKNOWN;
        }
        askAtNanos = nowNanos + ASK_NANOS;
        return Refused.LATER;
    }

    /** A node is there anew: it is asked again, before anything else, if it has the session. */
    public void back(Node which) {
        if (which == node) {
            open();
        }
    }

    /** Asks again, where it is time to. */
    public void poll(long nowNanos) {
        if (isExpected && !isAsked && nowNanos - askAtNanos >= 0 && node.isThere()) {
            open();
        }
    }

    private void forget(int lastRead) {
        while (!unread.isEmpty() && sequence(unread.getFirst()) - lastRead <= 0) {
            forgetFirst();
        }
    }

    private void forgetFirst() {
        unreadBytes -= unread.removeFirst().length;
    }

    /** True for what {@link #input} takes: what a client says, with its number. */
    static boolean isInput(byte[] message) {
        return switch (new MessageHeaderDecoder().wrap(new UnsafeBuffer(message), 0).templateId()) {
            case SessionEventDecoder.TEMPLATE_ID,
                    SessionInputDecoder.TEMPLATE_ID,
                    RawClientMessageDecoder.TEMPLATE_ID ->
                    true;
            default -> false;
        };
    }

    /** The number of a SessionEvent, a SessionInput or a RawClientMessage. */
    static int sequence(byte[] input) {
        return new UnsafeBuffer(input).getInt(SEQUENCE_AT, ByteOrder.LITTLE_ENDIAN);
    }
}
