package dev.horizon.testkit;

import dev.horizon.engine.dispatch.EventCodec;
import dev.horizon.engine.dispatch.Payloads;
import dev.horizon.engine.events.DisconnectReason;
import dev.horizon.engine.events.EventCatalogue;
import dev.horizon.engine.events.EventShape;
import dev.horizon.engine.events.EventShape.Direction;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.world.EntityId;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A player who does what the test says. What they send and receive passes through the real codecs
 * as bytes.
 */
public final class FakePlayer {
    /** One message: an event and its payload. */
    private record Message(int eventType, byte[] payload) {}

    private TestWorld world;
    private Gate gate;
    private final String name;
    private final List<Message> messages = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private long session;
    private long playerId;
    private EntityId entity = EntityId.NONE;
    private int sequence;
    private boolean isConnected;

    FakePlayer(TestWorld world, Gate gate, String name) {
        this.world = world;
        this.gate = gate;
        this.name = name;
    }

    /** Goes on in another world, with the same session. */
    void moved(TestWorld to) {
        world = to;
        gate = to.gate();
        gate.take(session, this);
    }

    /** The world in which they play. */
    public TestWorld world() {
        return world;
    }

    /** The name they log in with. */
    public String name() {
        return name;
    }

    /** Who the world takes them for. */
    public Player player() {
        return new Player(playerId, name, session, entity);
    }

    /** True from the welcome to the end of the session. */
    public boolean isConnected() {
        return isConnected;
    }

    /** Logs in, again, and lets one tick pass. */
    public void connect() {
        session = gate.open(this);
        sequence = 0;
        world.tick(1);
    }

    /** Sends an event; handlers see it in the next tick. */
    public void send(String namespace, String event, Record data) {
        EventCatalogue catalogue = world.events().catalogue();
        EventShape declared = catalogue.fromClient(namespace, event);
        if (declared == null) {
            throw new AssertionError("no plugin handles " + namespace + ":" + event);
        }
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[Payloads.PAYLOAD_BYTES_MAX]);
        EventCodec<?> codec =
                EventCodec.of(
                        Direction.FROM_CLIENT,
                        namespace,
                        event,
                        declared.latestWins(),
                        data.getClass());
        if (!codec.shape().equals(declared)) {
            throw new AssertionError(
                    data.getClass().getName() + " hasn't the fields of " + namespace + ":" + event);
        }
        byte[] payload = new byte[codec.encode(data, buffer, 0)];
        buffer.getBytes(0, payload);
        gate.event(session, ++sequence, declared.id(), payload);
    }

    /** Sends bytes as an event, whether they fit it or not. */
    public void sendBytes(String namespace, String event, byte[] payload) {
        int id = new EventShape(Direction.FROM_CLIENT, namespace, event, false, List.of()).id();
        gate.event(session, ++sequence, id, payload);
    }

    /** Everything of this type received so far, in order. */
    public <E extends Record> List<E> received(Class<E> type) {
        EventCodec<?> codec = world.events().outgoing(type);
        List<E> found = new ArrayList<>();
        for (Message message : messages) {
            if (message.eventType() == codec.shape().id()) {
                UnsafeBuffer payload = new UnsafeBuffer(message.payload());
                found.add(type.cast(codec.decode(payload, 0, payload.capacity())));
            }
        }
        return found;
    }

    /** What was refused so far, each as {@code CODE: reason}. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** Forgets what was received and refused so far. */
    public void clear() {
        messages.clear();
        refusals.clear();
    }

    /** Leaves, and lets one tick pass. */
    public void disconnect() {
        disconnect(DisconnectReason.LEFT);
    }

    /** Leaves for a reason, and lets one tick pass. */
    public void disconnect(DisconnectReason reason) {
        gate.close(session, reason);
        gate.forget(session);
        isConnected = false;
        world.tick(1);
    }

    void onWelcome(long id, long playerEntity) {
        playerId = id;
        entity = new EntityId(playerEntity);
        isConnected = true;
    }

    void onEvent(int eventType, byte[] payload) {
        messages.add(new Message(eventType, payload));
    }

    void onRefused(String code, String reason, boolean closes) {
        refusals.add(code + ": " + reason);
        if (closes) {
            isConnected = false;
        }
    }
}
