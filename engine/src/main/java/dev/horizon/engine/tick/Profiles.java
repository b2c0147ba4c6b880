package dev.horizon.engine.tick;

import dev.horizon.engine.ports.ProfileSink;
import dev.horizon.engine.storage.WorldState;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Images of what players own, on their way to the profile store: written at logout and, by turns,
 * every few seconds; held like every other effect until the tick is recorded.
 */
final class Profiles implements EffectRing.Release {
    private static final int TICK_AT = 0;
    private static final int X_AT = 8;
    private static final int NAME_LENGTH_AT = 32;
    private static final int NAME_AT = 36;

    private final EffectRing ring;
    private final OwnedEntities owned;
    private final ProfileSink sink;
    private final TickMetrics metrics;
    private final Departures departures;
    private final ExpandableArrayBuffer scratch = new ExpandableArrayBuffer(64 * 1024);

    Profiles(
            WorldState world,
            EffectRing ring,
            ProfileSink sink,
            TickMetrics metrics,
            Departures departures) {
        this.departures = departures;
        this.ring = ring;
        this.owned = new OwnedEntities(world);
        this.sink = sink;
        this.metrics = metrics;
    }

    OwnedEntities owned() {
        return owned;
    }

    /** Keeps the profile of a player who leaves. */
    void keepLast(Session session, SessionStateColumn state, int row, long tick) {
        if (keep(session, state, row, tick) > 0) {
            departures.left(session.player.id(), tick);
        }
    }

    /** Keeps, instead of what a player owns, that another node has it. */
    void keepMoved(Session session, SessionStateColumn state, int row, long tick, long home) {
        if (state.keepsProfile[row]) {
            int at = head(session, state, row, tick);
            storeMoved(session.player.id(), at, tick, home);
        }
    }

    /** Keeps that a player who owns nothing begins at another node, at no place that is known. */
    void keepBegun(Login login, long tick) {
        int at = head(login.name(), Double.NaN, Double.NaN, Double.NaN, tick);
        storeMoved(login.playerId(), at, tick, login.begins());
    }

    private void storeMoved(long playerId, int at, long tick, long home) {
        store(playerId, at + OwnedEntities.writeMoved(home, scratch, at));
        departures.left(playerId, tick);
    }

    /** Keeps a player's profile as of now; returns the bytes that it took. */
    int keep(Session session, SessionStateColumn state, int row, long tick) {
        if (!state.keepsProfile[row]) {
            return 0;
        }
        int at = head(session, state, row, tick);
        int length = at + owned.write(session.player.id(), scratch, at);
        store(session.player.id(), length);
        return length;
    }

    private void store(long playerId, int length) {
        if (!ring.add(0, playerId, scratch, 0, length)) {
            metrics.increment(Counter.PROFILES_DROPPED);
        }
    }

    /** Returns where the owned entities begin. */
    private int head(Session session, SessionStateColumn state, int row, long tick) {
        return head(session.player.name(), state.x[row], state.y[row], state.z[row], tick);
    }

    private int head(String name, double x, double y, double z, long tick) {
        scratch.putLong(TICK_AT, tick, ByteOrder.LITTLE_ENDIAN);
        scratch.putDouble(X_AT, x, ByteOrder.LITTLE_ENDIAN);
        scratch.putDouble(X_AT + 8, y, ByteOrder.LITTLE_ENDIAN);
        scratch.putDouble(X_AT + 16, z, ByteOrder.LITTLE_ENDIAN);
        int nameLength =
                dev.horizon.engine.dispatch.Utf8.encode(
                        name, scratch, NAME_AT, SessionState.TEXT_BYTES_MAX);
        scratch.putInt(NAME_LENGTH_AT, nameLength, ByteOrder.LITTLE_ENDIAN);
        return NAME_AT + nameLength;
    }

    @Override
    public boolean offer(int kind, long playerId, DirectBuffer buffer, int offset, int length) {
        int nameLength = buffer.getInt(offset + NAME_LENGTH_AT, ByteOrder.LITTLE_ENDIAN);
        return sink.store(
                playerId,
                buffer.getLong(offset + TICK_AT, ByteOrder.LITTLE_ENDIAN),
                buffer.getDouble(offset + X_AT, ByteOrder.LITTLE_ENDIAN),
                buffer.getDouble(offset + X_AT + 8, ByteOrder.LITTLE_ENDIAN),
                buffer.getDouble(offset + X_AT + 16, ByteOrder.LITTLE_ENDIAN),
                buffer,
                offset + NAME_AT,
                nameLength,
                length - NAME_AT - nameLength);
    }
}
