package dev.horizon.perf.tape;

import dev.horizon.engine.dispatch.EventCodec;
import dev.horizon.engine.dispatch.Payloads;
import dev.horizon.engine.events.EventShape.Direction;
import dev.horizon.engine.ports.InputSource;
import dev.horizon.engine.profiles.Profile;
import dev.horizon.engine.world.EntityId;
import dev.horizon.plugins.sol.ShipEvents;
import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import dev.horizon.schemas.ticklog.SessionEventEncoder;
import dev.horizon.schemas.ticklog.SessionOpenedEncoder;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Players who log in, take ships, and steer: each sends its controls four times a second, as
 * recorded inputs that are a function of seed and tick. Polled once per tick; allocates nothing
 * once all have their ships.
 */
final class Pilots implements InputSource {
    static final int CONTROLS_PER_SECOND = 4;
    private static final int EVERY_TICKS = 20 / CONTROLS_PER_SECOND;
    private static final int LOGINS_PER_TICK = 20;

    private final int players;
    private final SplittableRandom random;
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[4_096]);
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[Payloads.PAYLOAD_BYTES_MAX]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SessionEventEncoder message = new SessionEventEncoder();
    private final EventCodec<ShipEvents.TakeShip> take =
            codec("take", false, ShipEvents.TakeShip.class);
    private final EventCodec<ShipEvents.Controls> controls =
            codec("controls", true, ShipEvents.Controls.class);
    private final int controlsLength;
    private final int[] sequences;
    private int loggedIn;
    private long tick;

    Pilots(int players, long seed) {
        this.players = players;
        this.random = new SplittableRandom(seed);
        this.sequences = new int[players];
        controlsLength = controls.encode(stick(), payload, 0);
    }

    private static <E extends Record> EventCodec<E> codec(
            String event, boolean latestWins, Class<E> type) {
        return EventCodec.of(Direction.FROM_CLIENT, "ship", event, latestWins, type);
    }

    private ShipEvents.Controls stick() {
        return new ShipEvents.Controls(
                axis(), axis(), axis(), axis(), axis(), axis(), false, EntityId.NONE);
    }

    private float axis() {
        return random.nextInt(-8, 9) / 8f;
    }

    /** True once all have their ships. */
    boolean areAllAboard() {
        return loggedIn == players;
    }

    @Override
    public int poll(InputHandler handler, int limit) {
        tick++;
        int taken = 0;
        for (int i = 0; i < LOGINS_PER_TICK && loggedIn < players; i++) {
            open(handler, loggedIn++);
            taken += 2;
        }
        for (int player = 0; player < loggedIn; player++) {
            if ((tick + player) % EVERY_TICKS == 0) {
                // Another axis each time: what compresses well isn't what pilots send.
                payload.putFloat(4 * random.nextInt(6), axis());
                send(handler, player, controls.shape().id(), controlsLength);
                taken++;
            }
        }
        return taken;
    }

    private void open(InputHandler handler, int player) {
        String name = "Pilot " + player;
        SessionOpenedEncoder opened = new SessionOpenedEncoder();
        opened.wrapAndApplyHeader(out, 0, header)
                .sessionId(player + 1)
                .playerId(Profile.playerId(name))
                .gatewayId(1)
                .resumed((short) 0)
                .resumeNonce(player + 1)
                .begins(0)
                .playerName(name)
                .remoteAddress("127.0.0.1")
                .putProfile(new byte[0], 0, 0);
        require(
                handler.onInput(
                        out, 0, MessageHeaderEncoder.ENCODED_LENGTH + opened.encodedLength()));
        byte[] kept = new byte[controlsLength];
        payload.getBytes(0, kept);
        send(
                handler,
                player,
                take.shape().id(),
                take.encode(new ShipEvents.TakeShip(), payload, 0));
        payload.putBytes(0, kept);
    }

    private void send(InputHandler handler, int player, int type, int length) {
        message.wrapAndApplyHeader(out, 0, header)
                .sessionId(player + 1)
                .sequence(++sequences[player])
                .eventType(type)
                .putPayload(payload, 0, length);
        require(
                handler.onInput(
                        out, 0, MessageHeaderEncoder.ENCODED_LENGTH + message.encodedLength()));
    }

    private static void require(boolean isTaken) {
        if (!isTaken) {
            throw new IllegalStateException("a tick didn't take all inputs");
        }
    }
}
