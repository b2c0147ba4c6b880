package dev.horizon.engine.tick;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.ReplicationEncoder;
import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.ParentColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.Region;
import dev.horizon.engine.world.SizeColumn;
import java.util.concurrent.CompletableFuture;
import org.agrona.collections.LongArrayList;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Says where in a region its load is: what each entity costs the node, by what the node knows of it
 * without a clock. The tick thread looks at a bounded number of rows per tick, so that an answer
 * takes several, and may have twice or not at all what went to another table meanwhile. Asked from
 * any thread.
 */
final class CostSurvey {
    /** What a row takes of a tick beside what follows: systems, hashes, where it is. See ADR 23. */
    static final int ROW_NANOS = 130;

    /** What it takes beyond that where somebody is told of it, by tier, of a tick at 20 Hz. */
    static final int[] TOLD_NANOS = {83, 25, 7, 3};

    /** What a player takes who sees from it: inputs, and what decides what they see. */
    static final int PLAYER_NANOS = 1_000;

    /** Surveys that wait for the tick thread. */
    private static final int REQUESTS_MAX = 8;

    /** Rows that the tick thread looks at per tick: some tenths of a millisecond. */
    private static final int ROWS_PER_TICK_MAX = 4_096;

    private static final class Request {
        final Region region;
        final RegionCosts found = new RegionCosts();
        final CompletableFuture<RegionCosts> answer = new CompletableFuture<>();
        int table;
        int row;

        Request(Region region) {
            this.region = region;
        }
    }

    private final WorldState world;
    private final GhostConfig ghosts;
    private final ReplicationEncoder encoder;
    private final Sessions sessions;
    private final Borders borders;
    private final ManyToOneConcurrentArrayQueue<Request> requests =
            new ManyToOneConcurrentArrayQueue<>(REQUESTS_MAX);
    private final LongArrayList open = new LongArrayList();
    private @Nullable Request current;

    CostSurvey(
            TickLoopBuilder from, ReplicationEncoder encoder, Sessions sessions, Borders borders) {
        world = from.world;
        ghosts = from.ghosts;
        this.encoder = encoder;
        this.sessions = sessions;
        this.borders = borders;
    }

    /**
     * Asks what a region's entities cost.
     *
     * @throws HorizonException HZ-QRY-002 when too many wait
     */
    CompletableFuture<RegionCosts> ask(Region region) {
        Request request = new Request(region);
        if (!requests.offer(request)) {
            throw new HorizonException(
                    "HZ-QRY-002", "too many queries wait for the tick; try again in a moment");
        }
        return request.answer;
    }

    /** Looks at what is asked for, within the bound; on the tick thread, between ticks. */
    void serve() {
        Request request = current == null ? requests.poll() : current;
        current = request;
        int left = ROWS_PER_TICK_MAX;
        while (request != null && request.table < world.tableCount()) {
            Table table = world.table(request.table);
            PositionColumn at = table.column(PositionColumn.TYPE);
            if (at != null && !table.holdsGhosts()) {
                while (request.row < table.size()) {
                    if (left-- == 0) {
                        return;
                    }
                    look(request, table, at);
                    request.row++;
                }
            }
            request.table++;
            request.row = 0;
        }
        if (request != null) {
            current = null;
            request.answer.complete(request.found);
        }
    }

    /** Fails what still waits. */
    void close(HorizonException why) {
        Request request = requests.poll();
        while (request != null) {
            request.answer.completeExceptionally(why);
            request = requests.poll();
        }
    }

    private void look(Request request, Table table, PositionColumn at) {
        int row = request.row;
        ParentColumn parents = table.column(ParentColumn.TYPE);
        boolean isAlone = parents == null || parents.id[row] == 0;
        if (!isAlone || !request.region.contains(at.x[row], at.y[row], at.z[row])) {
            return;
        }
        double nanos = nanos(table.entityAt(row));
        boolean isHeld = borders.isHeld(Lookup.location(request.table, row));
        request.found.add(isHeld, at.x[row], at.y[row], at.z[row], nanos, toldMetres(table, row));
    }

    private double toldMetres(Table table, int row) {
        SizeColumn size = table.column(SizeColumn.TYPE);
        return size == null || !ghosts.isTold()
                ? RegionCosts.UNTOLD
                : ghosts.metres(size.sizeClass[row]);
    }

    private double nanos(long entity) {
        double nanos = 0;
        open.clear();
        open.addLong(entity);
        for (int i = 0; i < open.size(); i++) {
            long each = open.getLong(i);
            nanos += ROW_NANOS + (double) PLAYER_NANOS * sessions.countSeeingFrom(each);
            int tiers = encoder.toldTiers(each);
            for (int tier = 0; tier < TOLD_NANOS.length; tier++) {
                nanos += (tiers >> tier & 1) * TOLD_NANOS[tier];
            }
            long child = world.lookup().firstChild(each);
            for (; child != 0; child = world.lookup().nextSibling(child)) {
                open.addLong(child);
            }
        }
        return nanos;
    }
}
