package dev.horizon.engine.tick;

import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.Lookup;
import dev.horizon.schemas.ticklog.SessionFollowsDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.agrona.collections.LongArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that go to another node with the entity that they see from, and those that come. Before
 * one goes its gateway is asked, and has to say that it follows: no player is left without a
 * connection to their ship. Tick thread.
 */
final class Handovers {
    /** A gateway that says nothing for so long does not follow. */
    private static final int PATIENCE_SECONDS = 3;

    /** A transfer that waits for gateways to follow. */
    record Waiting(
            long transfer, long entity, long home, long destination, long jump, long sinceTick) {}

    /** What the gateway of a session said. */
    record Word(long destination, boolean follows) {}

    /** A session in a parcel that its destination may not have. */
    record Departed(long playerId, long transfer, long destination, long sequence) {}

    /** Goes on with a transfer that waited. */
    @FunctionalInterface
    interface Decided {
        /** True for {@code follows} when all gateways follow. */
        void decided(Waiting transfer, boolean follows);
    }

    private final WorldState world;
    private final SessionIndex index;
    private final SessionLife life;
    private final SessionMessages messages;
    private final Profiles profiles;
    private final int patienceTicks;
    private final LongArrayList open = new LongArrayList();
    private final List<Session> aboard = new ArrayList<>();

    // What ticks depend on.
    final Map<Long, Waiting> waiting = new TreeMap<>();
    final Map<Long, Word> words = new TreeMap<>();
    final Map<Long, Departed> departed = new TreeMap<>();

    Handovers(
            WorldState world,
            SessionIndex index,
            SessionLife life,
            SessionMessages messages,
            Profiles profiles,
            TickConfig config) {
        this.world = world;
        this.index = index;
        this.life = life;
        this.messages = messages;
        this.profiles = profiles;
        patienceTicks = PATIENCE_SECONDS * config.tickHz();
    }

    boolean isWaiting(long transfer) {
        return waiting.containsKey(transfer);
    }

    /** Asks the gateways of those aboard; false when nobody is to be asked. */
    boolean begin(Waiting transfer) {
        boolean isAnyoneAsked = false;
        for (Session session : aboard(transfer)) {
            if (isConnected(session)) {
                words.remove(session.sessionId);
                messages.handover(
                        session.sessionId, transfer.sinceTick, transfer.destination, false);
                isAnyoneAsked = true;
            }
        }
        if (isAnyoneAsked) {
            waiting.put(transfer.transfer, transfer);
        }
        return isAnyoneAsked;
    }

    /** What a gateway says. */
    void word(SessionFollowsDecoder said) {
        words.put(said.sessionId(), new Word(said.destination(), said.follows() != 0));
    }

    /** Goes on with those that all gateways have answered, and with those that one never will. */
    void decide(long tick, Decided to) {
        if (waiting.isEmpty()) {
            return; // without an iterator, in the tick that moves nobody
        }
        for (Waiting each : List.copyOf(waiting.values())) {
            Boolean follows = follows(each, tick);
            if (follows != null) {
                waiting.remove(each.transfer);
                to.decided(each, follows);
            }
        }
        if (waiting.isEmpty()) {
            words.clear();
        }
    }

    private @Nullable Boolean follows(Waiting transfer, long tick) {
        boolean isAll = true;
        for (Session session : aboard(transfer)) {
            if (isConnected(session)) {
                Word word = words.get(session.sessionId);
                if (word == null || word.destination != transfer.destination) {
                    isAll = false;
                } else if (!word.follows) {
                    return false;
                }
            }
        }
        if (isAll) {
            return true;
        }
        return tick - transfer.sinceTick > patienceTicks ? false : null;
    }

    private boolean isConnected(Session session) {
        return index.find(session) && index.state().lostAtTick[index.row()] == 0;
    }

    /** The sessions that see from what leaves or from what rides in it, in order of login. */
    private List<Session> aboard(Waiting transfer) {
        aboard.clear();
        if (index.size() == 0 || world.lookup().locate(transfer.entity) == Lookup.NOWHERE) {
            return aboard;
        }
        open.clear();
        Jumps.party(world, transfer.entity, transfer.jump, open);
        for (int i = 0; i < open.size(); i++) {
            aboard.addAll(index.seeingFrom(open.getLong(i)));
            long child = world.lookup().firstChild(open.getLong(i));
            for (; child != 0; child = world.lookup().nextSibling(child)) {
                open.addLong(child);
            }
        }
        if (aboard.size() > 1) {
            aboard.sort(index.inOrderOfLogin());
        }
        return aboard;
    }

    /** Adds sessions that go along, and what is their players' and has no place. */
    void others(Waiting transfer, LongArrayList to) {
        for (Session session : aboard(transfer)) {
            to.addLong(session.player.entity().value());
            profiles.owned().belongings(session.player.id(), to);
        }
    }

    /** They are in a parcel now, whose entities the caller removes. */
    void leave(Waiting transfer, long sequence, long tick) {
        long destination = transfer.destination;
        for (Session session : aboard(transfer)) {
            if (index.find(session)) {
                index.followFocus(session);
                profiles.keepMoved(session, index.state(), index.row(), tick, destination);
            }
            index.leave(session);
            departed.put(
                    session.sessionId,
                    new Departed(session.player.id(), transfer.transfer, destination, sequence));
            messages.handover(session.sessionId, tick, destination, true);
        }
    }

    /** A destination has recorded parcels; what it returned of them is on its way back. */
    void settled(long destination, long upTo, Set<Long> returned) {
        departed.values()
                .removeIf(each ->
                        each.destination == destination
                                && each.sequence <= upTo
                                && !returned.contains(each.transfer));
    }

    /** Takes up the sessions among what has come. */
    void arrived() {
        boolean isOneMore = true;
        while (isOneMore) {
            isOneMore = takeUpOne(); // What follows one may change tables.
        }
    }

    private boolean takeUpOne() {
        for (int t = 0; t < world.tableCount(); t++) {
            Table table = world.table(t);
            SessionStateColumn column = table.column(SessionStateColumn.TYPE);
            for (int row = 0; column != null && row < table.size(); row++) {
                if (index.bySession(column.sessionId[row]) == null) {
                    departed.remove(column.sessionId[row]);
                    life.arrived(SessionIndex.session(table, column, row));
                    return true;
                }
            }
        }
        return false;
    }

    /** Says where a session is that has just gone to another node; false for any other. */
    boolean isTold(Login login, long tick) {
        Departed known = departed.get(login.sessionId());
        if (known == null) {
            return false;
        }
        messages.handover(login.sessionId(), tick, known.destination, true);
        return true;
    }

    /** True while a player is in a parcel that its destination may not have. */
    boolean isUnderway(long playerId) {
        for (Departed each : departed.values()) {
            if (each.playerId == playerId) {
                return true;
            }
        }
        return false;
    }
}
