package dev.horizon.net.gateway;

import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import dev.horizon.net.edge.EdgeCache;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which channels the gateway follows: cell by cell, and the whole of a size class and tier where
 * somebody observes it, or where so many cells of it are needed that to name them costs more than
 * to skip the few that nobody needs. Most cells around a player are empty: of those a whole tier
 * says nothing. Agent thread.
 */
final class Following {
    /** The number for what isn't for all, after those of each size class and tier. */
    private static final int VEILED = SizeClass.values().length * Tier.values().length;

    static final int KINDS = VEILED + 1;

    /** Cells of one size class and tier that are named; with more, all of it is followed. */
    static final int CELLS_MAX = 2_048;

    /** With fewer again they are named: far from the other bound, so that it doesn't flip. */
    static final int CELLS_FEW = CELLS_MAX / 4;

    /** A channel that has said nothing for so long, and holds nothing, is forgotten. */
    private static final int SILENT_SECONDS = 20;

    private static final float LOAD_FACTOR = 0.8f;

    private static final int OBSERVED = 1;
    private static final int MANY = 2;

    /** A channel that someone needs. */
    static final class Watched {
        private static final List<Session> NOBODY = List.of();

        /** Nobody asked yet: of most cells nothing is ever heard. */
        private static final List<Session> UNKNOWN = Collections.emptyList();

        /** Fewer are looked through: most cells have none or few. */
        private static final int CROWD_MIN = 64;

        /** Of so many onlookers one at least: to go through bits that are not set costs more. */
        private static final int CROWD_ONE_OF = 16;

        /** Sessions whose clients get its frames: of a far channel of which something was heard. */
        private List<Session> watchers = UNKNOWN;

        /** Sessions that need it, watchers too. */
        private int needs;

        List<Session> watchers() {
            return watchers;
        }

        /** False while its watchers have not been looked for. */
        boolean isKnown() {
            return watchers != UNKNOWN;
        }

        /** From now on it is told who watches it, and who no longer does. */
        void know() {
            watchers = NOBODY;
        }

        void watch(Session session, Onlookers all) {
            if (watchers == NOBODY || watchers == UNKNOWN) {
                watchers = new ArrayList<>(2);
            } else if (watchers.size() >= CROWD_MIN
                    && watchers.size() >= all.count() / CROWD_ONE_OF
                    && watchers instanceof ArrayList) {
                watchers = new SessionCrowd(all, watchers);
            }
            watchers.add(session);
        }

        void unwatch(Session session) {
            if (watchers != NOBODY && watchers != UNKNOWN) {
                watchers.remove(session);
            }
        }
    }

    private final Subscriptions subscriptions;
    private final EdgeCache cache;

    /** More than half full at most times: it has as many cells as all else together. */
    private final Long2ObjectHashMap<Watched> channels =
            new Long2ObjectHashMap<>(CELLS_MAX, LOAD_FACTOR);

    private final int[] cells = new int[KINDS];
    private final int[] whole = new int[KINDS];
    private int tidied;

    Following(Subscriptions subscriptions, EdgeCache cache) {
        this.subscriptions = subscriptions;
        this.cache = cache;
    }

    /**
     * Size class and tier in one number, below {@link #KINDS}; all that isn't for all has another:
     * it is in no whole tier, and so always named.
     */
    static int kind(long channelId) {
        if (ChannelId.audience(channelId) != 0) {
            return VEILED;
        }
        return ChannelId.sizeClass(channelId).ordinal() * Tier.values().length
                + ChannelId.tier(channelId).ordinal();
    }

    /** Cells that somebody needs. */
    int count() {
        return channels.size();
    }

    /** Who needs a cell, or what it is a part of; null for nobody. */
    @Nullable Watched find(long channelId) {
        return channels.get(ChannelId.base(channelId));
    }

    /** True where what a channel says is to be taken. */
    boolean follows(long channelId) {
        return whole[kind(channelId)] != 0 || find(channelId) != null;
    }

    /** True where all of a size class and tier is followed, for whatever reason. */
    boolean isWhole(int kind) {
        return whole[kind] != 0;
    }

    /**
     * One session more needs a cell.
     *
     * @return true when the node answers with a keyframe
     */
    boolean need(long channelId) {
        Watched watched = channels.computeIfAbsent(channelId, key -> new Watched());
        if (watched.needs++ > 0) {
            return false;
        }
        int kind = kind(channelId);
        cells[kind]++;
        if ((whole[kind] & MANY) != 0) {
            return false;
        }
        if (cells[kind] > CELLS_MAX && kind != VEILED) {
            followAll(kind, channelId);
        } else {
            subscriptions.subscribe(channelId);
        }
        return true;
    }

    /** One session less needs a cell. */
    void release(long channelId) {
        Watched watched = channels.get(channelId);
        if (watched == null || --watched.needs > 0) {
            return;
        }
        channels.remove(channelId);
        int kind = kind(channelId);
        cells[kind]--;
        if ((whole[kind] & MANY) == 0) {
            subscriptions.unsubscribe(channelId);
            if (whole[kind] == 0) {
                cache.forgetCell(channelId);
            }
        } else if (cells[kind] < CELLS_FEW) {
            followCells(kind, channelId);
        }
    }

    private void followAll(int kind, long last) {
        begin(kind, MANY, ChannelId.wholeOf(last));
        channels.forEachLong((channelId, watched) -> {
            if (kind(channelId) == kind && channelId != last) {
                subscriptions.unsubscribe(channelId);
            }
        });
    }

    private void followCells(int kind, long any) {
        channels.forEachLong((channelId, watched) -> {
            if (kind(channelId) == kind) {
                subscriptions.subscribe(channelId);
            }
        });
        end(kind, MANY, ChannelId.wholeOf(any));
    }

    /** Somebody observes all of a size class and tier. */
    void observe(long wholeId) {
        begin(kind(wholeId), OBSERVED, wholeId);
    }

    /** Nobody does any more. */
    void unobserve(long wholeId) {
        end(kind(wholeId), OBSERVED, wholeId);
    }

    private void begin(int kind, int reason, long wholeId) {
        if (whole[kind] == 0) {
            subscriptions.subscribe(wholeId);
        } else {
            subscriptions.requestAll(wholeId);
        }
        whole[kind] |= reason;
    }

    private void end(int kind, int reason, long wholeId) {
        whole[kind] &= ~reason;
        if (whole[kind] != 0) {
            return;
        }
        subscriptions.unsubscribe(wholeId);
        for (long channelId : cache.channelIds(kind)) {
            if (find(channelId) == null) {
                subscriptions.keyframeCame(channelId);
                cache.forget(channelId);
            }
        }
    }

    /**
     * Forgets channels of one size class and tier that the node has let go meanwhile: cells that
     * entities have left, and parts of cells. Called now and then; a tier that is followed whole
     * would gather them.
     */
    void tidy() {
        tidied = (tidied + 1) % KINDS;
        boolean named = (whole[tidied] & MANY) == 0;
        long before = cache.tick() - (long) SILENT_SECONDS * cache.tickHz();
        for (long channelId : cache.silentIds(tidied, before)) {
            // The node keeps a cell that is named, but not its parts.
            if (!named || ChannelId.level(channelId) > 0 || !channels.containsKey(channelId)) {
                subscriptions.keyframeCame(channelId);
                cache.forget(channelId);
            }
        }
    }
}
