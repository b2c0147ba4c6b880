package dev.horizon.perf.determinism;

import dev.horizon.engine.dispatch.EventCodec;
import dev.horizon.engine.dispatch.Payloads;
import dev.horizon.engine.events.DisconnectReason;
import dev.horizon.engine.events.EventShape.Direction;
import dev.horizon.engine.ports.InputSource;
import dev.horizon.engine.profiles.Profile;
import dev.horizon.engine.world.EntityId;
import dev.horizon.plugins.sol.ShipEvents;
import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import dev.horizon.schemas.ticklog.SessionClosedEncoder;
import dev.horizon.schemas.ticklog.SessionEventEncoder;
import dev.horizon.schemas.ticklog.SessionOpenedEncoder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Players who log in, take ships, fly, shoot, dock, leave and come back, and now and then send
 * nonsense: recorded inputs that are a function of seed and tick, so that every run gets the same.
 * Polled once per tick.
 */
final class FakeFleet implements InputSource {
    private static final int PLAYERS = 16;
    private static final int FIRST_LOGIN_TICK = 3;
    private static final int TAKE_TICKS = 200;
    private static final int COURSE_TICKS = 90;
    private static final int VISIT_TICKS = 300;
    private static final int AWAY_TICKS = 15;
    private static final int NONSENSE_TICKS = 47;
    private static final int ID_BLOCK = 1;
    private static final int IDS_AIMED_AT = 2_000;
    private static final double FAR_METRES = 500_000;

    private final long seed;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private final ExpandableArrayBuffer out = new ExpandableArrayBuffer();
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[Payloads.PAYLOAD_BYTES_MAX]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final EventCodec<ShipEvents.TakeShip> take =
            codec("take", false, ShipEvents.TakeShip.class);
    private final EventCodec<ShipEvents.Controls> controls =
            codec("controls", true, ShipEvents.Controls.class);
    private final EventCodec<ShipEvents.GoTo> goTo = codec("go-to", false, ShipEvents.GoTo.class);
    private final EventCodec<ShipEvents.SelectTarget> target =
            codec("target", false, ShipEvents.SelectTarget.class);
    private final EventCodec<ShipEvents.Dock> dock = codec("dock", false, ShipEvents.Dock.class);
    private final EventCodec<ShipEvents.Undock> undock =
            codec("undock", false, ShipEvents.Undock.class);
    private final long[] sessions = new long[PLAYERS];
    private final int[] sequences = new int[PLAYERS];
    private long sessionsOpened;
    private long tick;

    FakeFleet(long seed) {
        this.seed = seed;
    }

    private static <E extends Record> EventCodec<E> codec(
            String event, boolean latestWins, Class<E> type) {
        return EventCodec.of(Direction.FROM_CLIENT, "ship", event, latestWins, type);
    }

    @Override
    public int poll(InputHandler handler, int limit) {
        tick++;
        for (int player = 0; player < PLAYERS; player++) {
            act(player, tick - FIRST_LOGIN_TICK - player);
        }
        int taken = 0;
        while (taken < limit && !waiting.isEmpty()) {
            byte[] first = waiting.getFirst();
            if (!handler.onInput(new UnsafeBuffer(first), 0, first.length)) {
                return taken;
            }
            waiting.removeFirst();
            taken++;
        }
        return taken;
    }

    /** What a player does so long after the first login. */
    private void act(int player, long age) {
        if (age < 0) {
            return;
        }
        SplittableRandom random = new SplittableRandom(seed ^ (tick << 16) ^ player);
        long visit = age % (VISIT_TICKS + AWAY_TICKS);
        if (visit == 0) {
            open(player);
        } else if (visit == VISIT_TICKS) {
            close(player);
        }
        if (visit >= VISIT_TICKS) {
            return;
        }
        if (visit % TAKE_TICKS == 1) {
            event(player, take, new ShipEvents.TakeShip());
        }
        if (visit % COURSE_TICKS == COURSE_TICKS / 2) {
            steer(player, random);
        }
        if (player % 2 == 0 || visit % COURSE_TICKS > COURSE_TICKS / 4 * 3) {
            event(player, controls, stick(random));
        }
        if (age % NONSENSE_TICKS == 0) {
            random.nextBytes(payload.byteArray());
            event(player, goTo.shape().id(), random.nextInt(64));
        }
    }

    private void steer(int player, SplittableRandom random) {
        switch (random.nextInt(4)) {
            case 0 ->
                    event(
                            player,
                            goTo,
                            new ShipEvents.GoTo(
                                    random.nextDouble(-FAR_METRES, FAR_METRES),
                                    random.nextDouble(-FAR_METRES, FAR_METRES),
                                    random.nextDouble(-FAR_METRES / 10, FAR_METRES / 10)));
            case 1 -> event(player, target, new ShipEvents.SelectTarget(anyone(random)));
            case 2 -> event(player, dock, new ShipEvents.Dock(anyone(random)));
            default -> event(player, undock, new ShipEvents.Undock());
        }
    }

    private static ShipEvents.Controls stick(SplittableRandom random) {
        return new ShipEvents.Controls(
                axis(random),
                axis(random),
                axis(random),
                axis(random),
                axis(random),
                axis(random),
                random.nextInt(3) == 0,
                anyone(random));
    }

    private static float axis(SplittableRandom random) {
        return random.nextInt(-8, 9) / 8f;
    }

    private static EntityId anyone(SplittableRandom random) {
        return EntityId.of(ID_BLOCK, 1 + random.nextInt(IDS_AIMED_AT));
    }

    private void open(int player) {
        sessions[player] = ++sessionsOpened;
        sequences[player] = 0;
        String name = "Pilot " + player;
        SessionOpenedEncoder message = new SessionOpenedEncoder();
        message.wrapAndApplyHeader(out, 0, header)
                .sessionId(sessions[player])
                .playerId(Profile.playerId(name))
                .gatewayId(1)
                .resumed((short) 0)
                .resumeNonce(sessions[player])
                .begins(0)
                .playerName(name)
                .remoteAddress("127.0.0.1")
                .putProfile(new byte[0], 0, 0);
        queue(message.encodedLength());
    }

    private void close(int player) {
        SessionClosedEncoder message = new SessionClosedEncoder();
        message.wrapAndApplyHeader(out, 0, header)
                .sessionId(sessions[player])
                .reason((short) DisconnectReason.LEFT.ordinal());
        queue(message.encodedLength());
    }

    private <E extends Record> void event(int player, EventCodec<E> codec, E event) {
        event(player, codec.shape().id(), codec.encode(event, payload, 0));
    }

    private void event(int player, int eventType, int payloadLength) {
        SessionEventEncoder message = new SessionEventEncoder();
        message.wrapAndApplyHeader(out, 0, header)
                .sessionId(sessions[player])
                .sequence(++sequences[player])
                .eventType(eventType)
                .putPayload(payload, 0, payloadLength);
        queue(message.encodedLength());
    }

    private void queue(int encodedLength) {
        byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + encodedLength];
        out.getBytes(0, bytes);
        waiting.add(bytes);
    }
}
