package dev.horizon.engine.tick;

/** What sessions cause by themselves: word of their focus, and profiles kept; by turns. */
final class SessionReports {
    private final SessionIndex index;
    private final FocusReports focus;
    private final Profiles profiles;
    private final int checkpointEveryTicks;
    private final int checkpointBytesMax;
    private int cursor;
    private int credit;

    SessionReports(SessionIndex index, FocusReports focus, Profiles profiles, TickConfig config) {
        this.index = index;
        this.focus = focus;
        this.profiles = profiles;
        this.checkpointEveryTicks = config.checkpointSeconds() * config.tickHz();
        this.checkpointBytesMax = config.checkpointBytesMax();
    }

    /** Reports what is due; after the tick's changes. */
    void report(long tick) {
        for (int i = 0; i < index.size(); i++) {
            focus.report(index.at(i), tick);
        }
        checkpoint(tick);
    }

    /** Keeps as many profiles as are due at this tick's share of the interval, within the bytes. */
    private void checkpoint(long tick) {
        if (index.size() == 0) {
            return;
        }
        credit += index.size();
        int bytes = 0;
        while (credit >= checkpointEveryTicks && bytes < checkpointBytesMax) {
            credit -= checkpointEveryTicks;
            cursor = (cursor + 1) % index.size();
            Session session = index.at(cursor);
            if (index.find(session)) {
                bytes += profiles.keep(session, index.state(), index.row(), tick);
            }
        }
        // What the bytes left undone isn't owed for ever.
        credit = Math.min(credit, checkpointEveryTicks + index.size());
    }
}
