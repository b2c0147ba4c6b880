package dev.horizon.engine.tick;

import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.dispatch.EventCodec;
import dev.horizon.engine.dispatch.Refusal;
import dev.horizon.engine.events.DisconnectReason;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.events.PlayerDisconnected;
import dev.horizon.engine.events.Players;
import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.PositionColumn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a node, on the tick thread. What they know stands in {@link SessionState}; the
 * maps here are derived from it and rebuilt by {@link #rebuild}.
 */
public final class Sessions implements Players {
    private final WorldState world;
    private final Tick tick;
    private final EventBus events;
    private final SessionMessages messages;
    private final Profiles profiles;
    private final ProfileForm profileForm;
    private final TickMetrics metrics;
    private final TickConfig config;
    private final String starSystem;
    private final List<Session> inOrder = new ArrayList<>();
    private final Long2ObjectHashMap<Session> bySession = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<Session> byPlayer = new Long2ObjectHashMap<>();
    private final int focusEveryTicks;
    private final int checkpointEveryTicks;
    private long logins;
    private int ending;
    private int checkpointCursor;
    private int checkpointCredit;

    /** Where {@link #find} found a session's state. */
    private SessionStateColumn state = new SessionStateColumn(0);

    private int row;

    Sessions(
            WorldState world,
            Tick tick,
            EventBus events,
            SessionMessages messages,
            Profiles profiles,
            ProfileForm profileForm,
            TickMetrics metrics,
            TickConfig config,
            String starSystem) {
        this.world = world;
        this.tick = tick;
        this.events = events;
        this.messages = messages;
        this.profiles = profiles;
        this.profileForm = profileForm;
        this.metrics = metrics;
        this.config = config;
        this.starSystem = starSystem;
        this.focusEveryTicks = Math.max(1, config.tickHz() / config.focusHz());
        this.checkpointEveryTicks = config.checkpointSeconds() * config.tickHz();
    }

    // ---- what players do -----------------------------------------------------------------------

    void opened(Login login) {
        Session known = bySession.get(login.sessionId());
        if (known != null) {
            if (login.resumed()) {
                resume(known, login);
            }
            return;
        }
        String refusal = refusalOf(login);
        if (refusal != null) {
            metrics.increment(Counter.LOGINS_REFUSED);
            messages.refused(login.sessionId(), tick.number(), true, "HZ-SES-003", refusal);
            return;
        }
        Session other = byPlayer.get(login.playerId());
        if (other != null) {
            metrics.increment(Counter.SESSIONS_REPLACED);
            messages.refused(
                    other.sessionId,
                    tick.number(),
                    true,
                    "HZ-SES-002",
                    "the same player logged in again; this session is over");
            end(other, DisconnectReason.REPLACED);
        }
        begin(login);
    }

    void closed(long sessionId, DisconnectReason reason) {
        Session session = bySession.get(sessionId);
        if (session == null) {
            metrics.increment(Counter.INPUTS_OF_UNKNOWN_SESSION);
            return;
        }
        end(session, reason);
    }

    /** The session of an input whose sequence is new, or null: then the input is dropped. */
    @Nullable Session accept(long sessionId, int sequence) {
        Session session = bySession.get(sessionId);
        if (session == null) {
            metrics.increment(Counter.INPUTS_OF_UNKNOWN_SESSION);
            return null;
        }
        if (!find(session)) {
            return null;
        }
        // A gateway numbers from 1; 0 says that this input has no place in the sequence.
        if (sequence != 0) {
            if (Integer.compareUnsigned(sequence, state.lastInputSequence[row]) <= 0) {
                metrics.increment(Counter.INPUTS_STALE);
                return null;
            }
            state.lastInputSequence[row] = sequence;
            state.markRow(row);
        }
        return session;
    }

    void event(Session session, int eventType, DirectBuffer buffer, int offset, int length) {
        Refusal refusal = events.dispatchClient(eventType, session.player, buffer, offset, length);
        if (refusal != null) {
            metrics.increment(Counter.EVENTS_REFUSED);
            messages.refused(
                    session.sessionId, tick.number(), false, refusal.code(), refusal.reason());
        }
    }

    /** Ends the sessions that handlers wanted ended; after the inputs of a tick. */
    void endAsked() {
        for (int i = 0; i < inOrder.size(); i++) {
            if (!find(inOrder.get(i))) {
                disconnect(
                        inOrder.get(i).player,
                        "HZ-SES-005",
                        "a plugin removed the session's entity; log in again");
            }
        }
        // A handler of the end of one may ask for the end of another: each round ends at least one.
        while (ending > 0) {
            ending--;
            for (int i = 0; i < inOrder.size(); i++) {
                Session session = inOrder.get(i);
                String code = session.endCode;
                String reason = session.endReason;
                if (code != null && reason != null) {
                    messages.refused(session.sessionId, tick.number(), true, code, reason);
                    end(session, DisconnectReason.KICKED);
                    break;
                }
            }
        }
    }

    /** Ends every session, in order of login. */
    int endAll(DisconnectReason reason) {
        int ended = 0;
        while (!inOrder.isEmpty()) {
            end(inOrder.getFirst(), reason);
            ended++;
        }
        return ended;
    }

    int size() {
        return inOrder.size();
    }

    @Nullable Session bySession(long sessionId) {
        return bySession.get(sessionId);
    }

    /** Tells sessions where their focus is, and keeps profiles, each by turns; after apply. */
    void report() {
        Lookup lookup = world.lookup();
        for (int i = 0; i < inOrder.size(); i++) {
            Session session = inOrder.get(i);
            if ((tick.number() + session.loginOrder) % focusEveryTicks == 0) {
                if (find(session)) {
                    followFocus(lookup);
                    messages.focus(session, state, row, tick.number());
                }
            }
        }
        checkpoint();
    }

    /** Derives the maps from the world's columns, as after a restore. */
    void rebuild() {
        inOrder.clear();
        bySession.clear();
        byPlayer.clear();
        for (int t = 0; t < world.tableCount(); t++) {
            Table table = world.table(t);
            SessionStateColumn column = table.column(SessionStateColumn.TYPE);
            for (int row = 0; column != null && row < table.size(); row++) {
                SessionState state = column.row(row);
                Player player =
                        new Player(
                                state.playerId(),
                                state.name(),
                                state.sessionId(),
                                new EntityId(table.entityAt(row)));
                enter(new Session(player, state.loginOrder()));
                logins = Math.max(logins, state.loginOrder());
            }
        }
        inOrder.sort(Comparator.comparingLong(session -> session.loginOrder));
    }

    // ---- what plugins ask ----------------------------------------------------------------------

    @Override
    public List<Player> all() {
        List<Player> players = new ArrayList<>(inOrder.size());
        for (Session session : inOrder) {
            players.add(session.player);
        }
        return players;
    }

    @Override
    public @Nullable Player find(long playerId) {
        Session session = byPlayer.get(playerId);
        return session == null ? null : session.player;
    }

    @Override
    public @Nullable Player named(String name) {
        for (int i = 0; i < inOrder.size(); i++) {
            if (inOrder.get(i).player.name().equals(name)) {
                return inOrder.get(i).player;
            }
        }
        return null;
    }

    @Override
    public void send(Player to, Record event) {
        EventCodec<?> codec = events.outgoing(event.getClass());
        if (bySession.containsKey(to.sessionId())) {
            messages.event(to.sessionId(), tick.number(), codec, event);
        }
    }

    @Override
    public void sendAll(Record event) {
        EventCodec<?> codec = events.outgoing(event.getClass());
        if (!inOrder.isEmpty()) {
            messages.event(SessionMessages.EVERY_SESSION, tick.number(), codec, event);
        }
    }

    @Override
    public void focus(Player player, EntityId entity) {
        Session session = bySession.get(player.sessionId());
        if (session != null && find(session)) {
            state.focus[row] = entity.value();
            state.markRow(row);
        }
    }

    @Override
    public EntityId focus(Player player) {
        Session session = bySession.get(player.sessionId());
        if (session == null || !find(session) || state.focus[row] == 0) {
            return EntityId.NONE;
        }
        return new EntityId(state.focus[row]);
    }

    @Override
    public void disconnect(Player player, String code, String reason) {
        Session session = bySession.get(player.sessionId());
        if (session != null && session.endCode == null) {
            session.endCode = code;
            session.endReason = reason;
            ending++;
        }
    }

    // ---- life of a session ---------------------------------------------------------------------

    private @Nullable String refusalOf(Login login) {
        if (inOrder.size() >= config.sessionsMax()) {
            return "the node holds " + config.sessionsMax() + " sessions; try again later";
        }
        int nameBytes = login.name().getBytes(StandardCharsets.UTF_8).length;
        if (login.name().isBlank() || nameBytes > SessionState.TEXT_BYTES_MAX) {
            return "a player's name has 1 to "
                    + SessionState.TEXT_BYTES_MAX
                    + " bytes; log in with another";
        }
        if (login.sessionId() == SessionMessages.EVERY_SESSION || login.playerId() == 0) {
            return "session and player numbers start at 1; log in through a gateway";
        }
        return null;
    }

    private void begin(Login login) {
        long order = ++logins;
        EntityId entity =
                world.create(
                        new SessionState(
                                login.sessionId(),
                                login.playerId(),
                                order,
                                login.gatewayId(),
                                0,
                                login.resumeNonce(),
                                EntityId.NONE,
                                0,
                                0,
                                0,
                                true,
                                login.name(),
                                login.remoteAddress()));
        world.apply();
        Session session =
                new Session(
                        new Player(login.playerId(), login.name(), login.sessionId(), entity),
                        order);
        enter(session);
        restore(session, login);
        metrics.increment(Counter.LOGINS);
        welcome(session);
        events.dispatch(new PlayerConnected(session.player, false, login.remoteAddress()));
        applyPending();
    }

    private void resume(Session session, Login login) {
        SessionState state = world.read(session.player.entity(), SessionState.class);
        if (state != null) {
            world.write(
                    session.player.entity(),
                    new SessionState(
                            state.sessionId(),
                            state.playerId(),
                            state.loginOrder(),
                            login.gatewayId(),
                            state.lastInputSequence(),
                            login.resumeNonce(),
                            state.focus(),
                            state.x(),
                            state.y(),
                            state.z(),
                            state.keepsProfile(),
                            state.name(),
                            login.remoteAddress()));
        }
        welcome(session);
        events.dispatch(new PlayerConnected(session.player, true, login.remoteAddress()));
        applyPending();
    }

    private void restore(Session session, Login login) {
        if (login.profileLength() == 0 || !find(session)) {
            return;
        }
        try {
            ProfileForm.Contents contents =
                    profileForm.read(login.buffer(), login.profileOffset(), login.profileLength());
            if (Double.isFinite(contents.x() + contents.y() + contents.z())) {
                state.x[row] = contents.x();
                state.y[row] = contents.y();
                state.z[row] = contents.z();
            }
            if (contents.owned().length > 0) {
                profiles.owned().restore(session.player.id(), contents.owned());
            }
        } catch (RuntimeException damaged) {
            metrics.increment(Counter.PROFILES_DAMAGED);
            state.keepsProfile[row] = false;
            messages.refused(
                    session.sessionId,
                    tick.number(),
                    false,
                    "HZ-SES-006",
                    "what you own could not be brought back ("
                            + damaged.getMessage()
                            + "); it is kept as it was: tell an operator");
        }
        state.markRow(row);
        applyPending();
    }

    private void end(Session session, DisconnectReason reason) {
        leave(session);
        events.dispatch(new PlayerDisconnected(session.player, reason));
        applyPending();
        if (reason != DisconnectReason.REPLACED) {
            long playerId = session.player.id();
            profiles.owned().detachStrangers(playerId);
            applyPending();
            if (find(session)) {
                followFocus(world.lookup());
                profiles.keep(session, state, row, tick.number());
            }
            profiles.owned().remove(playerId);
        }
        world.destroy(session.player.entity());
        world.apply();
    }

    private void enter(Session session) {
        inOrder.add(session);
        bySession.put(session.sessionId, session);
        byPlayer.put(session.player.id(), session);
    }

    private void leave(Session session) {
        inOrder.remove(session);
        bySession.remove(session.sessionId);
        if (byPlayer.get(session.player.id()) == session) {
            byPlayer.remove(session.player.id());
        }
        if (session.endCode != null) {
            session.endCode = null;
        }
    }

    private void welcome(Session session) {
        if (find(session)) {
            messages.welcome(session, state, row, tick.number(), config.tickHz(), starSystem);
        }
    }

    /** Brings the last place of the session just found up to date. */
    private void followFocus(Lookup lookup) {
        long focus = state.focus[row];
        if (focus == 0) {
            return;
        }
        long location = lookup.locate(focus);
        if (location == Lookup.NOWHERE) {
            state.focus[row] = 0;
            state.markRow(row);
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

    /** Keeps as many profiles as are due at this tick's share of the interval, within the bytes. */
    private void checkpoint() {
        if (inOrder.isEmpty()) {
            return;
        }
        checkpointCredit += inOrder.size();
        int bytes = 0;
        while (checkpointCredit >= checkpointEveryTicks && bytes < config.checkpointBytesMax()) {
            checkpointCredit -= checkpointEveryTicks;
            checkpointCursor = (checkpointCursor + 1) % inOrder.size();
            Session session = inOrder.get(checkpointCursor);
            if (find(session)) {
                bytes += profiles.keep(session, state, row, tick.number());
            }
        }
        // What the bytes left undone isn't owed for ever.
        checkpointCredit = Math.min(checkpointCredit, checkpointEveryTicks + inOrder.size());
    }

    private void applyPending() {
        if (world.hasPendingChanges()) {
            world.apply();
        }
    }

    /** Finds a session's state; false where a plugin destroyed its entity. */
    private boolean find(Session session) {
        long location = world.lookup().locate(session.player.entity().value());
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
}
