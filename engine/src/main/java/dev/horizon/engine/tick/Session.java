package dev.horizon.engine.tick;

import dev.horizon.engine.events.Player;
import dev.horizon.engine.world.Lookup;
import org.jspecify.annotations.Nullable;

/** A session at hand: derived from {@link SessionState}, so that no record is made per input. */
final class Session {
    final Player player;
    final long sessionId;

    /** Why a handler wants it ended; null while nobody does. */
    @Nullable String endCode;

    @Nullable String endReason;

    /** Where its state and its focus were last found. */
    long location = Lookup.NOWHERE;

    long focusLocation = Lookup.NOWHERE;

    Session(Player player) {
        this.player = player;
        this.sessionId = player.sessionId();
    }

    /** What the gateway was told last of what decides what the player sees. */
    final ToldFocus told = new ToldFocus();

    /** The number of the last input that a tick read. */
    int lastSequence;

    /** The tick that read it. */
    long readTick;

    /** Continuous inputs of one tick of which the latest is known; further ones all count. */
    private static final int LATEST_MAX = 8;

    private final int[] latestTypes = new int[LATEST_MAX];
    private final int[] latestEntries = new int[LATEST_MAX];
    private int latest;
    private long latestTick;

    /** Says that an entry of this tick's batch is the latest of its type so far. */
    void noteLatest(long tick, int eventType, int entry) {
        if (latestTick != tick) {
            latestTick = tick;
            latest = 0;
        }
        for (int i = 0; i < latest; i++) {
            if (latestTypes[i] == eventType) {
                latestEntries[i] = entry;
                return;
            }
        }
        if (latest < LATEST_MAX) {
            latestTypes[latest] = eventType;
            latestEntries[latest++] = entry;
        }
    }

    /** True when a later entry of this tick's batch replaces this one. */
    boolean isSuperseded(long tick, int eventType, int entry) {
        if (latestTick == tick) {
            for (int i = 0; i < latest; i++) {
                if (latestTypes[i] == eventType) {
                    return entry < latestEntries[i];
                }
            }
        }
        return false;
    }
}
