package dev.horizon.engine.tick;

import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.dispatch.EventCodec;
import dev.horizon.engine.dispatch.Refusal;
import dev.horizon.engine.events.DisconnectReason;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.events.PlayerDisconnected;
import dev.horizon.engine.events.Players;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Sight;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a node, on the tick thread. What they know stands in {@link SessionState}, so
 * that it is captured, restored and transferred with the world.
 */
public final class Sessions implements Players {
    private final WorldState world;
    private final Tick tick;
    private final EventBus events;
    private final SessionMessages messages;
    private final Profiles profiles;
    private final PlayerMetadata metadata;
    private final ProfileForm profileForm;
    private final TickMetrics metrics;
    private final TickConfig config;
    private final String starSystem;
    private final SessionIndex index;
    private final SessionReports reports;
    private final Acks acks;
    private int ending;

    Sessions(
            WorldState world,
            Tick tick,
            EventBus events,
            SessionMessages messages,
            Profiles profiles,
            ProfileForm profileForm,
            TickMetrics metrics,
            TickConfig config,
            List<Sight> sights,
            String starSystem) {
        this.world = world;
        this.tick = tick;
        this.events = events;
        this.messages = messages;
        this.profiles = profiles;
        this.profileForm = profileForm;
        this.metadata = new PlayerMetadata(world, tick);
        this.metrics = metrics;
        this.config = config;
        this.starSystem = starSystem;
        this.index = new SessionIndex(world);
        this.reports =
                new SessionReports(
                        index,
                        new FocusReports(world, index, messages, sights, config),
                        profiles,
                        config);
        this.acks = new Acks(messages);
    }

    // ---- what players do -----------------------------------------------------------------------

    void opened(Login login) {
        Session known = index.bySession(login.sessionId());
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
        Session other = index.byPlayer(login.playerId());
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
        Session session = index.bySession(sessionId);
        if (session == null) {
            metrics.increment(Counter.INPUTS_OF_UNKNOWN_SESSION);
            return;
        }
        end(session, reason);
    }

    /** The session of an input whose sequence is new, or null: then the input is dropped. */
    @Nullable Session accept(long sessionId, int sequence) {
        Session session = index.bySession(sessionId);
        if (session == null) {
            metrics.increment(Counter.INPUTS_OF_UNKNOWN_SESSION);
            return null;
        }
        if (!index.find(session)) {
            return null;
        }
        SessionStateColumn state = index.state();
        int row = index.row();
        // A gateway numbers from 1; 0 says that this input has no place in the sequence.
        if (sequence != 0) {
            if (Integer.compareUnsigned(sequence, state.lastInputSequence[row]) <= 0) {
                metrics.increment(Counter.INPUTS_STALE);
                return null;
            }
            state.lastInputSequence[row] = sequence;
            state.markRow(row);
            acks.read(session, sequence, tick.number());
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
        for (int i = 0; i < index.size(); i++) {
            if (!index.find(index.at(i))) {
                disconnect(
                        index.at(i).player,
                        "HZ-SES-005",
                        "a plugin removed the session's entity; log in again");
            }
        }
        // A handler of the end of one may ask for the end of another: each round ends at least one.
        while (ending > 0) {
            ending--;
            for (int i = 0; i < index.size(); i++) {
                Session session = index.at(i);
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
        while (index.size() > 0) {
            end(index.at(0), reason);
            ended++;
        }
        return ended;
    }

    int size() {
        return index.size();
    }

    @Nullable Session bySession(long sessionId) {
        return index.bySession(sessionId);
    }

    /** Writes the end of a tick, the last of its messages. */
    void endTick(HeldEffects held, int dilationPermille) {
        acks.endTick(tick.number(), held, dilationPermille);
    }

    /** Tells sessions where their focus is, and keeps profiles, each by turns; after apply. */
    void report() {
        reports.report(tick.number());
    }

    // ---- what plugins ask ----------------------------------------------------------------------

    @Override
    public List<Player> all() {
        List<Player> players = new ArrayList<>(index.size());
        for (int i = 0; i < index.size(); i++) {
            players.add(index.at(i).player);
        }
        return players;
    }

    @Override
    public @Nullable Player find(long playerId) {
        Session session = index.byPlayer(playerId);
        return session == null ? null : session.player;
    }

    @Override
    public @Nullable Player named(String name) {
        for (int i = 0; i < index.size(); i++) {
            if (index.at(i).player.name().equals(name)) {
                return index.at(i).player;
            }
        }
        return null;
    }

    @Override
    public void send(Player to, Record event) {
        EventCodec<?> codec = events.outgoing(event.getClass());
        if (index.bySession(to.sessionId()) != null) {
            messages.event(to.sessionId(), tick.number(), codec, event);
        }
    }

    @Override
    public void sendAll(Record event) {
        EventCodec<?> codec = events.outgoing(event.getClass());
        if (index.size() > 0) {
            messages.event(SessionMessages.EVERY_SESSION, tick.number(), codec, event);
        }
    }

    @Override
    public void focus(Player player, EntityId entity) {
        Session session = index.bySession(player.sessionId());
        if (session != null && index.find(session)) {
            index.state().focus[index.row()] = entity.value();
            index.state().markRow(index.row());
            session.told.forget();
        }
    }

    @Override
    public void focusList(Player player, List<EntityId> entities) {
        if (entities.size() > FOCUS_LIST_MAX) {
            throw new IllegalArgumentException(
                    "a focus list holds " + FOCUS_LIST_MAX + " entities, not " + entities.size());
        }
        Session session = index.bySession(player.sessionId());
        if (session != null && index.find(session)) {
            int from = index.row() * FOCUS_LIST_MAX;
            for (int i = 0; i < FOCUS_LIST_MAX; i++) {
                index.state().focusList[from + i] =
                        i < entities.size() ? entities.get(i).value() : 0;
            }
            index.state().markRow(index.row());
            session.told.forget();
        }
    }

    @Override
    public EntityId focus(Player player) {
        Session session = index.bySession(player.sessionId());
        if (session == null || !index.find(session) || index.state().focus[index.row()] == 0) {
            return EntityId.NONE;
        }
        return new EntityId(index.state().focus[index.row()]);
    }

    @Override
    public @Nullable String metadata(Player player, String key) {
        return metadata.read(player.id(), key);
    }

    @Override
    public void metadata(Player player, String key, String value) {
        metadata.write(player.id(), key, value);
    }

    @Override
    public void disconnect(Player player, String code, String reason) {
        Session session = index.bySession(player.sessionId());
        if (session != null && session.endCode == null) {
            session.endCode = code;
            session.endReason = reason;
            ending++;
        }
    }

    // ---- life of a session ---------------------------------------------------------------------

    private @Nullable String refusalOf(Login login) {
        if (index.size() >= config.sessionsMax()) {
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
        EntityId entity = world.create(login.newState());
        world.apply();
        Session session =
                new Session(new Player(login.playerId(), login.name(), login.sessionId(), entity));
        index.enter(session);
        restore(session, login);
        metrics.increment(Counter.LOGINS);
        welcome(session);
        events.dispatch(new PlayerConnected(session.player, false, login.remoteAddress()));
        applyPending();
    }

    private void resume(Session session, Login login) {
        SessionState state = world.read(session.player.entity(), SessionState.class);
        if (state != null) {
            world.write(session.player.entity(), login.resumedState(state));
        }
        welcome(session);
        events.dispatch(new PlayerConnected(session.player, true, login.remoteAddress()));
        applyPending();
    }

    private void restore(Session session, Login login) {
        if (login.profileLength() == 0 || !index.find(session)) {
            return;
        }
        SessionStateColumn state = index.state();
        int row = index.row();
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
        index.leave(session);
        events.dispatch(new PlayerDisconnected(session.player, reason));
        applyPending();
        if (reason != DisconnectReason.REPLACED) {
            long playerId = session.player.id();
            profiles.owned().detachStrangers(playerId);
            applyPending();
            if (index.find(session)) {
                index.followFocus();
                profiles.keep(session, index.state(), index.row(), tick.number());
            }
            profiles.owned().remove(playerId);
        }
        world.destroy(session.player.entity());
        world.apply();
    }

    private void welcome(Session session) {
        session.told.forget();
        if (index.find(session)) {
            messages.welcome(
                    session,
                    index.state(),
                    index.row(),
                    tick.number(),
                    config.tickHz(),
                    starSystem);
        }
    }

    private void applyPending() {
        if (world.hasPendingChanges()) {
            world.apply();
        }
    }
}
