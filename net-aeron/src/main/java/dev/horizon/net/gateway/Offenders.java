package dev.horizon.net.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Players whose connection was closed for what they sent. For a while they are let in nowhere: a
 * session, its events and its end cost the node more than all that the gateway refuses.
 * Thread-safe.
 */
final class Offenders {
    static final long AWAY_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Beyond it who has been away longest may come. */
    private static final int PLAYERS_MAX = 4_096;

    /** When each may come again; in order, for all are away equally long. */
    private final Map<String, Long> backAtNanos = new LinkedHashMap<>();

    synchronized void add(String player, long nowNanos) {
        backAtNanos.remove(player);
        backAtNanos.put(player, nowNanos + AWAY_NANOS);
        while (backAtNanos.size() > PLAYERS_MAX) {
            backAtNanos.remove(backAtNanos.keySet().iterator().next());
        }
    }

    /** How long a player isn't to come yet, 0 for all others. */
    synchronized long awayNanos(String player, long nowNanos) {
        Long backAt = backAtNanos.get(player);
        if (backAt != null && backAt - nowNanos <= 0) {
            backAtNanos.remove(player);
            return 0;
        }
        return backAt == null ? 0 : backAt - nowNanos;
    }
}
