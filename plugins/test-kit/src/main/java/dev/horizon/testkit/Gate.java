package dev.horizon.testkit;

import dev.horizon.engine.events.DisconnectReason;
import dev.horizon.engine.ports.InputSource;
import dev.horizon.engine.ports.ProfileSink;
import dev.horizon.engine.ports.SessionSink;
import dev.horizon.engine.profiles.Profile;
import dev.horizon.engine.profiles.ProfileCodec;
import dev.horizon.schemas.session.MessageHeaderDecoder;
import dev.horizon.schemas.session.SessionHandoverDecoder;
import dev.horizon.schemas.session.SessionMessageDecoder;
import dev.horizon.schemas.session.SessionRefusedDecoder;
import dev.horizon.schemas.session.SessionWelcomeDecoder;
import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import dev.horizon.schemas.ticklog.SessionClosedEncoder;
import dev.horizon.schemas.ticklog.SessionEventEncoder;
import dev.horizon.schemas.ticklog.SessionFollowsEncoder;
import dev.horizon.schemas.ticklog.SessionOpenedEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What a gateway and a profile store are to a node, in memory. */
final class Gate implements InputSource, SessionSink, ProfileSink {
    private static final long EVERY_SESSION = 0;

    /** As a session says it that goes on at the gateway where it is. */
    private static final int REATTACHED = 3;

    private final Deque<byte[]> inputs = new ArrayDeque<>();
    private final Map<Long, FakePlayer> players = new LinkedHashMap<>();
    private final Set<Long> coming = new HashSet<>();
    private final Map<Long, Profile> profiles = new LinkedHashMap<>();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
    private final SessionMessageDecoder message = new SessionMessageDecoder();
    private final SessionRefusedDecoder refused = new SessionRefusedDecoder();
    private final SessionWelcomeDecoder welcome = new SessionWelcomeDecoder();
    private final SessionHandoverDecoder handover = new SessionHandoverDecoder();
    private BiConsumer<FakePlayer, Long> gone = (player, destination) -> {};
    private long sessions;

    /** Of a world with ids of its own: so it has sessions of its own. */
    Gate(int idBlock) {
        sessions = (long) idBlock << Integer.SIZE;
    }

    /** Who is told, with the home of the other node, of players who go on there. */
    void onGone(BiConsumer<FakePlayer, Long> to) {
        gone = to;
    }

    /** Goes on with a player who comes from another node. */
    void take(long session, FakePlayer player) {
        players.put(session, player);
        coming.add(session);
    }

    long open(FakePlayer player) {
        long session = ++sessions;
        long playerId = Profile.playerId(player.name());
        Profile profile = profiles.get(playerId);
        byte[] bytes = new byte[0];
        if (profile != null) {
            ExpandableArrayBuffer encoded = new ExpandableArrayBuffer();
            bytes = new byte[ProfileCodec.encode(profile, encoded)];
            encoded.getBytes(0, bytes);
        }
        players.put(session, player);
        opened(session, player, 0, session, bytes);
        return session;
    }

    private void opened(long session, FakePlayer player, int kind, long nonce, byte[] profile) {
        SessionOpenedEncoder encoder = new SessionOpenedEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header)
                .sessionId(session)
                .playerId(Profile.playerId(player.name()))
                .gatewayId(1)
                .resumed((short) kind)
                .resumeNonce(nonce)
                .begins(0)
                .playerName(player.name())
                .remoteAddress("test")
                .putProfile(profile, 0, profile.length);
        add(encoder.encodedLength());
    }

    void close(long session, DisconnectReason reason) {
        SessionClosedEncoder encoder = new SessionClosedEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header)
                .sessionId(session)
                .reason((short) reason.ordinal());
        add(encoder.encodedLength());
    }

    void event(long session, int sequence, int eventType, byte[] payload) {
        SessionEventEncoder encoder = new SessionEventEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header)
                .sessionId(session)
                .sequence(sequence)
                .eventType(eventType)
                .putPayload(payload, 0, payload.length);
        add(encoder.encodedLength());
    }

    @Override
    public int poll(InputHandler handler, int limit) {
        int taken = 0;
        while (taken < limit && !inputs.isEmpty()) {
            byte[] first = inputs.getFirst();
            if (!handler.onInput(new UnsafeBuffer(first), 0, first.length)) {
                return taken;
            }
            inputs.removeFirst();
            taken++;
        }
        return taken;
    }

    @Override
    public boolean offer(DirectBuffer from, int offset, int length) {
        headerDecoder.wrap(from, offset);
        switch (headerDecoder.templateId()) {
            case SessionMessageDecoder.TEMPLATE_ID -> {
                message.wrapAndApplyHeader(from, offset, headerDecoder);
                byte[] payload = new byte[message.payloadLength()];
                int eventType = message.eventType();
                long to = message.sessionId();
                message.getPayload(payload, 0, payload.length);
                for (Map.Entry<Long, FakePlayer> entry : players.entrySet()) {
                    if (to == EVERY_SESSION || to == entry.getKey()) {
                        entry.getValue().onEvent(eventType, payload);
                    }
                }
            }
            case SessionRefusedDecoder.TEMPLATE_ID -> {
                refused.wrapAndApplyHeader(from, offset, headerDecoder);
                FakePlayer player = players.get(refused.sessionId());
                boolean closes = refused.closes() == 1;
                if (closes) {
                    players.remove(refused.sessionId());
                }
                if (player != null) {
                    player.onRefused(refused.code(), refused.reason(), closes);
                }
            }
            case SessionWelcomeDecoder.TEMPLATE_ID -> {
                welcome.wrapAndApplyHeader(from, offset, headerDecoder);
                FakePlayer player = players.get(welcome.sessionId());
                if (player != null && coming.remove(welcome.sessionId())) {
                    long nonce = welcome.resumeNonce();
                    opened(welcome.sessionId(), player, REATTACHED, nonce, new byte[0]);
                }
                if (player != null) {
                    player.onWelcome(welcome.playerId(), welcome.playerEntity());
                }
            }
            case SessionHandoverDecoder.TEMPLATE_ID -> {
                handover.wrapAndApplyHeader(from, offset, headerDecoder);
                long session = handover.sessionId();
                if (handover.gone() == 0) {
                    follow(session, handover.destination());
                } else {
                    FakePlayer player = players.remove(session);
                    if (player != null) {
                        gone.accept(player, handover.destination());
                    }
                }
            }
            default -> {}
        }
        return true;
    }

    @Override
    public boolean store(
            long playerId,
            long tick,
            double x,
            double y,
            double z,
            DirectBuffer from,
            int offset,
            int nameLength,
            int ownedLength) {
        byte[] name = new byte[nameLength];
        byte[] owned = new byte[ownedLength];
        from.getBytes(offset, name);
        from.getBytes(offset + nameLength, owned);
        profiles.put(
                playerId,
                new Profile(
                        playerId,
                        new String(name, StandardCharsets.UTF_8),
                        tick,
                        "test",
                        x,
                        y,
                        z,
                        owned));
        return true;
    }

    private void follow(long session, long destination) {
        SessionFollowsEncoder encoder = new SessionFollowsEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header)
                .sessionId(session)
                .destination(destination)
                .follows((short) 1);
        add(encoder.encodedLength());
    }

    void forget(long session) {
        players.remove(session);
    }

    private void add(int encodedLength) {
        byte[] input = new byte[MessageHeaderEncoder.ENCODED_LENGTH + encodedLength];
        buffer.getBytes(0, input);
        inputs.add(input);
    }
}
