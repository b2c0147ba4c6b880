package dev.horizon.engine.tick;

import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.events.DisconnectReason;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.events.PlayerDisconnected;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.EntityId;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How sessions begin, go on at this or another gateway, wait while theirs is gone, and end. A
 * resume ticket holds a number that its session must know, and that the session forgets when the
 * ticket is used: whichever gateway it comes through, and after a restart from a snapshot too.
 */
final class SessionLife {
    private static final String NO_SUCH_SESSION = "HZ-GW-017";

    private final WorldState world;
    private final Tick tick;
    private final EventBus events;
    private final SessionIndex index;
    private final SessionMessages messages;
    private final Profiles profiles;
    private final ProfileForm profileForm;
    private final Handovers handovers;
    private final TickMetrics metrics;
    private final TickConfig config;
    private final String starSystem;

    SessionLife(
            TickLoopBuilder from,
            SessionIndex index,
            SessionMessages messages,
            Profiles profiles,
            TickMetrics metrics) {
        world = from.world;
        tick = from.tick;
        events = from.events;
        profileForm = from.profileForm;
        config = from.config;
        starSystem = from.starSystem;
        this.index = index;
        this.messages = messages;
        this.profiles = profiles;
        this.metrics = metrics;
        handovers = new Handovers(world, index, this, messages, profiles, config);
    }

    Handovers handovers() {
        return handovers;
    }

    /** A player's connection was accepted, or came back. */
    void opened(Login login) {
        Session known = index.bySession(login.sessionId());
        if (login.kind() == Login.Kind.RESUMED || login.kind() == Login.Kind.REATTACHED) {
            goOn(known, login);
            return;
        }
        if (known != null) {
            return;
        }
        if (login.kind() == Login.Kind.UNREADABLE) {
            refuse(
                    login,
                    "HZ-GW-040",
                    "what you own can't be read now, and is kept as it is: try again later, or ask"
                            + " an operator to look at the log");
            return;
        }
        String refusal = refusalOf(login);
        if (refusal != null) {
            refuse(login, "HZ-SES-003", refusal);
            return;
        }
        Session other = index.byPlayer(login.playerId());
        if (other == null && (isElsewhere(login) || isToBeginElsewhere(login))) {
            return;
        }
        replace(other);
        begin(login);
    }

    private void replace(@Nullable Session other) {
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
    }

    /** Sends to another node who went there with what they own. */
    private boolean isElsewhere(Login login) {
        if (handovers.isUnderway(login.playerId())) {
            refuse(
                    login,
                    "HZ-SES-008",
                    "your ship is on its way to another node: log in again in a moment");
            return true;
        }
        long home = movedTo(login);
        if (home != 0) {
            messages.handover(login.sessionId(), tick.number(), home, true);
        }
        return home != 0;
    }

    private long movedTo(Login login) {
        byte[] owned = owned(login);
        return owned == null ? 0 : OwnedEntities.movedTo(owned);
    }

    /**
     * Sends to another node who owns nothing and is to begin there: from then on that is where they
     * are.
     */
    private boolean isToBeginElsewhere(Login login) {
        byte[] owned = owned(login);
        if (login.begins() == 0 || owned == null || !OwnedEntities.isNothing(owned)) {
            return false;
        }
        profiles.keepBegun(login, tick.number());
        messages.handover(login.sessionId(), tick.number(), login.begins(), true);
        return true;
    }

    /** What comes with a login, or null where it can't be read: the session says so, once begun. */
    private byte @Nullable [] owned(Login login) {
        if (login.profileLength() == 0) {
            return OwnedEntities.NOTHING;
        }
        try {
            return profileForm
                    .read(login.buffer(), login.profileOffset(), login.profileLength())
                    .owned();
        } catch (RuntimeException damaged) {
            return null;
        }
    }

    /** A session has come from another node, whose gateway may not know it yet: it waits for it. */
    void arrived(Session session) {
        replace(index.byPlayer(session.player.id()));
        index.enter(session);
        if (index.find(session)) {
            index.state().lostAtTick[index.row()] = tick.number();
            index.state().markRow(index.row());
        }
        welcome(session);
    }

    /** The sessions of a gateway that is gone wait from now on. */
    void gatewayLost(int gatewayId) {
        for (int i = 0; i < index.size(); i++) {
            if (index.find(index.at(i))) {
                SessionStateColumn state = index.state();
                int row = index.row();
                if (state.gatewayId[row] == gatewayId && state.lostAtTick[row] == 0) {
                    state.lostAtTick[row] = tick.number();
                    state.markRow(row);
                }
            }
        }
    }

    /** Ends, once a second, the sessions that waited long enough. */
    void endLost() {
        if (tick.number() % config.tickHz() != 0) {
            return;
        }
        long graceTicks = (long) config.resumeSeconds() * config.tickHz();
        for (int i = index.size() - 1; i >= 0; i--) {
            Session session = index.at(i);
            if (index.find(session)) {
                long lostAt = index.state().lostAtTick[index.row()];
                if (lostAt != 0 && tick.number() - lostAt > graceTicks) {
                    end(session, DisconnectReason.CONNECTION_LOST);
                    // A handler may have ended others.
                    i = Math.min(i, index.size());
                }
            }
        }
    }

    void end(Session session, DisconnectReason reason) {
        index.leave(session);
        events.dispatch(new PlayerDisconnected(session.player, reason));
        applyPending();
        if (reason != DisconnectReason.REPLACED) {
            long playerId = session.player.id();
            profiles.owned().detachStrangers(playerId);
            applyPending();
            if (index.find(session)) {
                index.followFocus(session);
                profiles.keepLast(session, index.state(), index.row(), tick.number());
            }
            profiles.owned().remove(playerId);
        }
        world.destroy(session.player.entity());
        world.apply();
    }

    private void refuse(Login login, String code, String reason) {
        metrics.increment(Counter.LOGINS_REFUSED);
        messages.refused(login.sessionId(), login.gatewayId(), tick.number(), true, code, reason);
    }

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

    private void goOn(@Nullable Session session, Login login) {
        SessionState state =
                session == null ? null : world.read(session.player.entity(), SessionState.class);
        if (session == null && handovers.isTold(login, tick.number())) {
            return;
        }
        if (session == null
                || state == null
                || state.playerId() != login.playerId()
                || state.resumeNonce() != login.resumeNonce()) {
            refuse(
                    login,
                    NO_SUCH_SESSION,
                    "the session is over or the resume ticket was used: log in again");
            return;
        }
        world.write(session.player.entity(), login.resumedState(state));
        applyPending();
        welcome(session);
        if (login.kind() == Login.Kind.RESUMED) {
            events.dispatch(new PlayerConnected(session.player, true, login.remoteAddress()));
            applyPending();
        }
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
