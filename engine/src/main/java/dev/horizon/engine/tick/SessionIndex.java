package dev.horizon.engine.tick;

import dev.horizon.engine.events.Player;
import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.PositionColumn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The sessions by number, by player and in order of login, and where the state of one stands. All
 * of it is derived from {@link SessionState} and rebuilt from there.
 */
final class SessionIndex {
    private final WorldState world;
    private final List<Session> inOrder = new ArrayList<>();
    private final Long2ObjectHashMap<Session> bySession = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<Session> byPlayer = new Long2ObjectHashMap<>();

    /** By what they see from, made when asked after a change. */
    private final Long2ObjectHashMap<List<Session>> byFocus = new Long2ObjectHashMap<>();

    private boolean isFocusKnown;

    /** Where {@link #find} found a session's state. */
    private SessionStateColumn state = new SessionStateColumn(0);

    private int row;

    SessionIndex(WorldState world) {
        this.world = world;
        for (int t = 0; t < world.tableCount(); t++) {
            Table table = world.table(t);
            SessionStateColumn column = table.column(SessionStateColumn.TYPE);
            for (int r = 0; column != null && r < table.size(); r++) {
                Session session = session(table, column, r);
                session.told.toldUnknown();
                enter(session);
            }
        }
        inOrder.sort(Comparator.comparingLong(session -> session.player.entity().value()));
    }

    /** The session whose state stands in a row. */
    static Session session(Table table, SessionStateColumn column, int row) {
        SessionState found = column.row(row);
        return new Session(
                new Player(
                        found.playerId(),
                        found.name(),
                        found.sessionId(),
                        new EntityId(table.entityAt(row))));
    }

    Comparator<Session> inOrderOfLogin() {
        return Comparator.comparingInt(inOrder::indexOf);
    }

    int size() {
        return inOrder.size();
    }

    /** A session by its place in the order of login. */
    Session at(int index) {
        return inOrder.get(index);
    }

    @Nullable Session bySession(long sessionId) {
        return bySession.get(sessionId);
    }

    @Nullable Session byPlayer(long playerId) {
        return byPlayer.get(playerId);
    }

    /** The sessions that see from an entity, in order of login. */
    List<Session> seeingFrom(long entity) {
        if (!isFocusKnown) {
            isFocusKnown = true;
            byFocus.clear();
            for (int i = 0; i < inOrder.size(); i++) {
                if (!find(inOrder.get(i))) {
                    // It may be there after the next apply.
                    isFocusKnown = false;
                } else if (state.focus[row] != 0) {
                    byFocus.computeIfAbsent(state.focus[row], key -> new ArrayList<>())
                            .add(inOrder.get(i));
                }
            }
        }
        List<Session> seeing = byFocus.get(entity);
        return seeing == null ? List.of() : seeing.stream().filter(this::find).toList();
    }

    /** Sets what the session just found sees from. */
    void focus(long entity) {
        state.focus[row] = entity;
        state.markRow(row);
        isFocusKnown = false;
    }

    void enter(Session session) {
        isFocusKnown = false;
        inOrder.add(session);
        bySession.put(session.sessionId, session);
        byPlayer.put(session.player.id(), session);
    }

    void leave(Session session) {
        isFocusKnown = false;
        inOrder.remove(session);
        bySession.remove(session.sessionId);
        if (byPlayer.get(session.player.id()) == session) {
            byPlayer.remove(session.player.id());
        }
        session.endCode = null;
    }

    /** Finds a session's state; false where a plugin destroyed its entity. */
    boolean find(Session session) {
        long location = world.lookup().locate(session.player.entity().value(), session.location);
        session.location = location;
        if (location == Lookup.NOWHERE) {
            return false;
        }
        SessionStateColumn column = world.lookup().column(SessionStateColumn.TYPE, location);
        if (column == null) {
            return false;
        }
        state = column;
        row = Lookup.row(location);
        return true;
    }

    /** The column in which the session just found has its state. */
    SessionStateColumn state() {
        return state;
    }

    /** The row in which the session just found has its state. */
    int row() {
        return row;
    }

    /** Brings the last place of the session just found up to date. */
    void followFocus(Session session) {
        long focus = state.focus[row];
        if (focus == 0) {
            return;
        }
        Lookup lookup = world.lookup();
        long location = lookup.locate(focus, session.focusLocation);
        session.focusLocation = location;
        if (location == Lookup.NOWHERE) {
            focus(0);
            return;
        }
        PositionColumn places = lookup.column(PositionColumn.TYPE, location);
        if (places != null) {
            int at = Lookup.row(location);
            state.x[row] = places.x[at];
            state.y[row] = places.y[at];
            state.z[row] = places.z[at];
            state.markRow(row);
        }
    }
}
