package dev.horizon.tools.node;

import dev.horizon.engine.ports.InputSource;
import dev.horizon.schemas.ticklog.MessageHeaderDecoder;
import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import dev.horizon.schemas.ticklog.SessionClosedDecoder;
import dev.horizon.schemas.ticklog.SessionOpenedDecoder;
import dev.horizon.schemas.ticklog.SessionOpenedEncoder;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongHashSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds players' profiles to logins, on their way to the tick: a gateway has no profiles, and the
 * tick opens no store. A login waits here for its profile, and other inputs pass it by: nothing of
 * its session comes before its welcome but its end. Polled by the tick thread.
 */
final class Logins implements InputSource {
    private static final Logger LOG = LoggerFactory.getLogger(Logins.class);

    /** Logins that wait for the store; more wait in the gateways' streams. */
    private static final int WAITING_MAX = 1_024;

    private static final short NEW = 0;
    private static final short UNREADABLE = 2;
    private static final byte[] NOTHING = {};

    /** How long a login that was not taken waits before its profile is looked up again. */
    private static final long AGAIN_NANOS = 10_000_000;

    /** A login as it came, and with its profile. */
    private record Ready(long sessionId, byte[] login, byte[] message) {}

    private final InputSource gateways;
    private final Function<String, byte[]> profiles;
    private final ConcurrentLinkedQueue<Ready> ready = new ConcurrentLinkedQueue<>();
    private final LongHashSet waiting = new LongHashSet();
    private final UnsafeBuffer wrapper = new UnsafeBuffer();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SessionOpenedDecoder opened = new SessionOpenedDecoder();
    private final SessionClosedDecoder closed = new SessionClosedDecoder();
    private final InputHandler passing = this::pass;
    private InputHandler to = (buffer, offset, length) -> false;

    /**
     * Logins of some gateways.
     *
     * @param profiles the stored profile of a player by name, empty for who has none; may wait and
     *     throw
     */
    Logins(InputSource gateways, Function<String, byte[]> profiles) {
        this.gateways = gateways;
        this.profiles = profiles;
    }

    @Override
    public int poll(InputHandler handler, int limit) {
        int taken = 0;
        for (Ready next = ready.peek(); next != null && taken < limit; next = ready.peek()) {
            // A session that ended while it waited never began.
            if (waiting.contains(next.sessionId())) {
                wrapper.wrap(next.message());
                if (handler.onInput(wrapper, 0, next.message().length)) {
                    waiting.remove(next.sessionId());
                    taken++;
                } else {
                    // No room, or the player left so lately that the store didn't have it yet.
                    look(next.sessionId(), next.login(), AGAIN_NANOS);
                }
            }
            ready.remove();
        }
        to = handler;
        return taken + gateways.poll(passing, limit - taken);
    }

    private boolean pass(DirectBuffer buffer, int offset, int length) {
        if (length >= MessageHeaderDecoder.ENCODED_LENGTH + SessionClosedDecoder.BLOCK_LENGTH) {
            header.wrap(buffer, offset);
            int template = header.templateId();
            if (header.schemaId() == SessionOpenedDecoder.SCHEMA_ID) {
                if (template == SessionOpenedDecoder.TEMPLATE_ID) {
                    opened.wrapAndApplyHeader(buffer, offset, header);
                    if (opened.resumed() == NEW) {
                        return look(buffer, offset, length);
                    }
                } else if (template == SessionClosedDecoder.TEMPLATE_ID) {
                    closed.wrapAndApplyHeader(buffer, offset, header);
                    if (waiting.remove(closed.sessionId())) {
                        return true;
                    }
                }
            }
        }
        return to.onInput(buffer, offset, length);
    }

    private boolean look(DirectBuffer buffer, int offset, int length) {
        if (waiting.size() >= WAITING_MAX) {
            return false;
        }
        byte[] login = new byte[length];
        buffer.getBytes(offset, login);
        long sessionId = opened.sessionId();
        waiting.add(sessionId);
        look(sessionId, login, 0);
        return true;
    }

    private void look(long sessionId, byte[] login, long afterNanos) {
        Thread.ofVirtual()
                .start(() -> {
                    LockSupport.parkNanos(afterNanos);
                    ready.add(new Ready(sessionId, login, withProfile(login)));
                });
    }

    /** The same login with the player's profile; who plays on without it would overwrite it. */
    private byte[] withProfile(byte[] login) {
        UnsafeBuffer in = new UnsafeBuffer(login);
        MessageHeaderDecoder head = new MessageHeaderDecoder();
        SessionOpenedDecoder from = new SessionOpenedDecoder().wrapAndApplyHeader(in, 0, head);
        String player = from.playerName();
        String address = from.remoteAddress();
        byte[] profile = NOTHING;
        short kind = NEW;
        try {
            profile = profiles.apply(player);
        } catch (RuntimeException e) {
            LOG.error("HZ-GW-040: the profile of {} can't be read: they are not let in", player, e);
            kind = UNREADABLE;
        }
        // A gateway of before says nothing of where players begin.
        boolean saysWhere = from.actingVersion() >= SessionOpenedDecoder.beginsSinceVersion();
        int longer = SessionOpenedEncoder.BLOCK_LENGTH - head.blockLength();
        byte[] out = new byte[login.length + longer + profile.length];
        SessionOpenedEncoder to =
                new SessionOpenedEncoder()
                        .wrapAndApplyHeader(new UnsafeBuffer(out), 0, new MessageHeaderEncoder());
        to.sessionId(from.sessionId())
                .playerId(from.playerId())
                .gatewayId(from.gatewayId())
                .resumed(kind)
                .resumeNonce(from.resumeNonce())
                .begins(saysWhere ? from.begins() : 0)
                .playerName(player)
                .remoteAddress(address)
                .putProfile(profile, 0, profile.length);
        return out;
    }
}
