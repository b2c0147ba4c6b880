package dev.horizon.engine.tick;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.storage.GhostWriter;
import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.AttitudeColumn;
import dev.horizon.engine.world.GhostColumn;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.SizeColumn;
import dev.horizon.schemas.ticklog.GhostsDecoder;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Keeps this node's ghosts of what others have near the border, as recorded inputs say: so a replay
 * has the same. What is released to a node that tells of what it has becomes a ghost in the same
 * tick; what comes takes the place of its ghost, which the world's storage sees to. Tick thread.
 */
final class Ghosts {
    /**
     * What nobody told of for so long ends: all is told once a second, and two words may be lost.
     */
    static final int SILENT_SECONDS_MAX = 3;

    /** Worlds that tell no more are forgotten after this: no word of them is on its way then. */
    private static final int FORGOTTEN_SECONDS = 600;

    /**
     * What is known of a world that tells.
     *
     * @param home of its node
     * @param tick of it that was last told
     * @param heardAt tick of this node
     */
    record Source(long home, long tick, long heardAt) {}

    private final WorldState world;
    private final GhostWriter writer;
    private final ExpandableArrayBuffer left = new ExpandableArrayBuffer();
    private final int silentTicksMax;
    private final int forgottenTicks;
    private final double dt;
    private int leftBytes;
    private int leftTo;

    /** By id block. What ticks depend on. */
    final TreeMap<Long, Source> sources = new TreeMap<>();

    Ghosts(WorldState world, TickConfig config) {
        this.world = world;
        writer = new GhostWriter(world);
        silentTicksMax = SILENT_SECONDS_MAX * config.tickHz();
        forgottenTicks = FORGOTTEN_SECONDS * config.tickHz();
        dt = 1.0 / config.tickHz();
    }

    /**
     * Takes a word, unless a later one was taken.
     *
     * @return false where it can't be read
     * @throws IndexOutOfBoundsException where it is cut off
     */
    boolean take(GhostsDecoder word, long tick) {
        Source known = sources.get(word.source());
        if (word.source() == world.idBlock() || known != null && word.tick() <= known.tick) {
            return true;
        }
        if (known == null) {
            sources.values().removeIf(each -> tick - each.heardAt > forgottenTicks);
        }
        DirectBuffer buffer = word.buffer();
        int at = word.limit() + GhostsDecoder.wordHeaderLength();
        int length = word.wordLength();
        buffer.boundsCheck(at, length);
        sources.put(word.source(), new Source(word.home(), word.tick(), tick));
        try {
            world.ghosts().take(buffer, at, length, (int) word.source(), tick);
            return true;
        } catch (HorizonException damaged) {
            return false;
        }
    }

    /** Moves all on by a tick, and ends those that nobody told of for too long. */
    void advance(long tick) {
        for (int t = 0; t < world.tableCount(); t++) {
            Table table = world.table(t);
            GhostColumn ghosts = table.holdsGhosts() ? table.column(GhostColumn.TYPE) : null;
            if (ghosts == null || table.size() == 0) {
                continue;
            }
            PositionColumn position = table.column(PositionColumn.TYPE);
            MotionColumn motion = table.column(MotionColumn.TYPE);
            AttitudeColumn attitude = table.column(AttitudeColumn.TYPE);
            for (int row = table.size() - 1; row >= 0; row--) {
                if ((int) tick - ghosts.heardAt[row] > silentTicksMax) {
                    world.ghosts().end(table.entityAt(row));
                } else if (position != null) {
                    GhostMotion.step(position, motion, attitude, row, dt);
                }
            }
        }
    }

    /** Notes an entity that is about to be released, if its ghost is to stay. */
    void leaves(long entity, long destination, long tick) {
        leftBytes = 0;
        leftTo = numberOf(destination, tick);
        long location = leftTo == 0 ? Lookup.NOWHERE : world.lookup().locate(entity);
        if (location == Lookup.NOWHERE) {
            return;
        }
        Table table = world.table(Lookup.table(location));
        if (table.column(PositionColumn.TYPE) != null && table.column(SizeColumn.TYPE) != null) {
            writer.begin();
            writer.whole(location);
            leftBytes = writer.write(left, 0);
        }
    }

    /** Makes a ghost of what was noted, which is gone now. */
    void left(long tick) {
        if (leftBytes > 0) {
            world.ghosts().take(left, 0, leftBytes, leftTo, tick);
            leftBytes = 0;
        }
    }

    /** The number of a node that told of what it has lately; 0 of one that didn't. */
    private int numberOf(long home, long tick) {
        long number = 0;
        long latest = tick - silentTicksMax;
        for (var each : sources.entrySet()) {
            Source source = each.getValue();
            if (source.home == home && source.heardAt >= latest) {
                latest = source.heardAt;
                number = each.getKey();
            }
        }
        return (int) number;
    }
}
