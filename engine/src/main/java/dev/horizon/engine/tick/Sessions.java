package dev.horizon.engine.tick;

import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.dispatch.EventCodec;
import dev.horizon.engine.dispatch.Refusal;
import dev.horizon.engine.events.DisconnectReason;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.events.Players;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Sight;
import dev.horizon.engine.world.Veil;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a node, on the tick thread. What they know stands in {@link SessionState}, so
 * that it is captured, restored and transferred with the world.
 */
public final class Sessions implements Players {
    private final Tick tick;
    private final EventBus events;
    private final SessionMessages messages;
    private final PlayerMetadata metadata;
    private final TickMetrics metrics;
    private final SessionIndex index;
    private final SessionLife life;
    private final SessionReports reports;
    private final FocusReports focus;
    private final Acks acks;
    private int ending;

    Sessions(
            TickLoopBuilder from,
            SessionMessages messages,
            Profiles profiles,
            TickMetrics metrics) {
        WorldState world = from.world;
        tick = from.tick;
        events = from.events;
        this.messages = messages;
        this.metrics = metrics;
        metadata = new PlayerMetadata(world, tick);
        index = new SessionIndex(world);
        life = new SessionLife(from, index, messages, profiles, metrics);
        focus = new FocusReports(world, index, messages, from.sights, from.config);
        reports = new SessionReports(index, focus, profiles, from.config);
        acks = new Acks(messages);
    }

    // ---- what players do -----------------------------------------------------------------------

    void opened(Login login) {
        life.opened(login);
    }

    void closed(long sessionId, DisconnectReason reason) {
        Session session = index.bySession(sessionId);
        if (session == null) {
            metrics.increment(Counter.INPUTS_OF_UNKNOWN_SESSION);
            return;
        }
        life.end(session, reason);
    }

    /** How many see from an entity. */
    int countSeeingFrom(long entity) {
        return index.size() == 0 ? 0 : index.seeingFrom(entity).size();
    }

    /** A gateway is gone without a word: its sessions wait for their players. */
    void gatewayLost(int gatewayId) {
        life.gatewayLost(gatewayId);
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

    /**
     * Ends the sessions that handlers wanted ended, and those whose player didn't come back; after
     * the inputs of a tick.
     */
    void endAsked() {
        life.endLost();
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
                    life.end(session, DisconnectReason.KICKED);
                    break;
                }
            }
        }
    }

    /** Ends every session, in order of login. */
    int endAll(DisconnectReason reason) {
        int ended = 0;
        while (index.size() > 0) {
            life.end(index.at(0), reason);
            ended++;
        }
        return ended;
    }

    /** Those that go to other nodes and come from them. */
    Handovers handovers() {
        return life.handovers();
    }

    int size() {
        return index.size();
    }

    @Nullable Session bySession(long sessionId) {
        return index.bySession(sessionId);
    }

    /** How far entities see from now on. */
    void sights(List<Sight> sights) {
        focus.sights(sights);
    }

    /** Writes the end of a tick, the last of its messages. */
    void endTick(HeldEffects held) {
        acks.endTick(tick.number(), held);
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
            index.focus(entity.value());
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
    public void audiences(Player player, List<Integer> audiences) {
        if (audiences.size() > AUDIENCES_MAX || !audiences.stream().allMatch(Veil::isAudience)) {
            throw new IllegalArgumentException(
                    "a player is of at most "
                            + AUDIENCES_MAX
                            + " audiences from 1 to "
                            + Veil.AUDIENCE_MAX
                            + ", not "
                            + audiences);
        }
        Session session = index.bySession(player.sessionId());
        if (session != null && index.find(session)) {
            int[] sorted =
                    audiences.stream().mapToInt(Integer::intValue).distinct().sorted().toArray();
            int from = index.row() * AUDIENCES_MAX;
            for (int i = 0; i < AUDIENCES_MAX; i++) {
                index.state().audiences[from + i] = i < sorted.length ? sorted[i] : 0;
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
    public List<Player> seeingFrom(EntityId entity) {
        return index.seeingFrom(entity.value()).stream().map(session -> session.player).toList();
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
}
