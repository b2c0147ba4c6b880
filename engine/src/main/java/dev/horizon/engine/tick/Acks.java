package dev.horizon.engine.tick;

import java.util.ArrayList;
import java.util.List;

/** The sessions whose input the running tick read, and the tick's last words to gateways. */
final class Acks {
    private final SessionMessages messages;
    private final List<Session> sessions = new ArrayList<>();

    Acks(SessionMessages messages) {
        this.messages = messages;
    }

    /** Notes that the tick read an input. */
    void read(Session session, int sequence, long tick) {
        if (session.readTick != tick) {
            session.readTick = tick;
            sessions.add(session);
        }
        session.lastSequence = sequence;
    }

    /** Writes the tick's end: one message, or several where there is more to acknowledge. */
    void endTick(long tick, HeldEffects held) {
        int from = 0;
        do {
            int to = Math.min(sessions.size(), from + SessionMessages.ACKS_MAX);
            held.tickEnd(messages.tickEnd(tick, sessions, from, to));
            from = to;
        } while (from < sessions.size());
        sessions.clear();
    }
}
