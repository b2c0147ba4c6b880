package dev.horizon.net.gateway;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Object2IntHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of which each is there once, in no order, found and removed in the same time however
 * many there are: thousands at one place may leave it at once. Agent thread.
 */
final class SessionCrowd extends AbstractList<Session> {
    private static final int NOWHERE = -1;

    private final List<Session> all = new ArrayList<>();
    private final Object2IntHashMap<Session> places = new Object2IntHashMap<>(NOWHERE);

    SessionCrowd(List<Session> first) {
        addAll(first);
    }

    @Override
    public Session get(int index) {
        return all.get(index);
    }

    @Override
    public int size() {
        return all.size();
    }

    @Override
    public boolean add(Session session) {
        if (contains(session)) {
            return false;
        }
        places.put(session, all.size());
        return all.add(session);
    }

    @Override
    public boolean contains(@Nullable Object session) {
        return session instanceof Session && places.containsKey(session);
    }

    /** The last takes the place of who is removed. */
    @Override
    public boolean remove(@Nullable Object session) {
        int at = session instanceof Session one ? places.removeKey(one) : NOWHERE;
        if (at == NOWHERE) {
            return false;
        }
        Session last = all.removeLast();
        if (last != session) {
            all.set(at, last);
            places.put(last, at);
        }
        return true;
    }
}
