package dev.horizon.engine.tick;

import dev.horizon.engine.events.Players;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.Sight;
import java.util.List;

/**
 * Tells gateways what decides what a session sees, when that changed: its entity, its focus list,
 * the reach of its sensors; and its place, when it jumped. Looks at each session by turns, and in
 * the next tick where something was set.
 */
final class FocusReports {
    private final WorldState world;
    private final SessionIndex index;
    private final SessionMessages messages;
    private List<Sight> sights;
    private final int lookEveryTicks;
    private final int placeEveryTicks;

    FocusReports(
            WorldState world,
            SessionIndex index,
            SessionMessages messages,
            List<Sight> sights,
            TickConfig config) {
        this.world = world;
        this.index = index;
        this.messages = messages;
        this.sights = sights;
        this.lookEveryTicks = Math.max(1, config.tickHz() / config.focusHz());
        this.placeEveryTicks =
                config.placeHz() == 0 ? 0 : Math.max(1, config.tickHz() / config.placeHz());
    }

    /** From now on entities see as far as these say. */
    void sights(List<Sight> others) {
        sights = others;
    }

    void report(Session session, long tick) {
        long phase = tick + session.player.entity().value();
        if ((phase % lookEveryTicks == 0 || !session.told.isTold()) && index.find(session)) {
            SessionStateColumn state = index.state();
            int row = index.row();
            index.followFocus(session);
            dropGone(state, row);
            double sensorMetres = sensorMetres(state.focus[row], session.focusLocation);
            boolean isPlaceDue = placeEveryTicks > 0 && phase % placeEveryTicks == 0;
            boolean isNews = session.told.differs(state, row, sensorMetres) | isPlaceDue;
            if (session.told.hasJumped(state, row) || isNews) {
                session.told.told(state, row, sensorMetres);
                messages.focus(session, state, row, tick, sensorMetres);
            }
        }
    }

    /** Takes out of the list what has ended; the others keep their order. */
    private void dropGone(SessionStateColumn state, int row) {
        int from = row * Players.FOCUS_LIST_MAX;
        int kept = from;
        for (int i = from; i < from + Players.FOCUS_LIST_MAX; i++) {
            long entity = state.focusList[i];
            if (entity != 0 && isKnown(entity)) {
                state.focusList[kept++] = entity;
            }
        }
        boolean isChanged = false;
        for (int i = kept; i < from + Players.FOCUS_LIST_MAX; i++) {
            isChanged |= state.focusList[i] != 0;
            state.focusList[i] = 0;
        }
        if (isChanged) {
            state.markRow(row);
        }
    }

    /** Here, or a ghost: who is watched across the border stays in the list. */
    private boolean isKnown(long entity) {
        return world.lookup().locate(entity) != Lookup.NOWHERE
                || world.ghosts().locate(entity) != Lookup.NOWHERE;
    }

    private double sensorMetres(long entity, long before) {
        double least = Double.POSITIVE_INFINITY;
        long location = entity == 0 ? Lookup.NOWHERE : world.lookup().locate(entity, before);
        for (int i = 0; location != Lookup.NOWHERE && i < sights.size(); i++) {
            double metres = sights.get(i).metres(world.lookup(), location);
            // A sight that gives no number limits nothing.
            if (metres >= 0 && metres < least) {
                least = metres;
            }
        }
        return least;
    }
}
