package dev.horizon.engine.tick;

import dev.horizon.engine.storage.GhostWriter;
import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.ParentColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.SizeColumn;
import dev.horizon.schemas.ticklog.GhostsEncoder;
import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;

/**
 * Tells the neighbours what is near their regions, every few ticks, and all of it once a second:
 * any word may be lost. Reads the world of a tick that has ended; what it says leaves once that
 * tick is recorded. Looks at a tenth of what has a place in each tick, and at nothing where there
 * is no neighbour. Tick thread.
 */
final class GhostFeeds {
    /**
     * Half a second at 20 Hz until who comes near is seen to be: nothing comes as fast from afar.
     */
    private static final int LOOK_TICKS = 10;

    private final WorldState world;
    private final GhostConfig config;
    private final TransferDesk desk;
    private final TransferWords words;
    private final GhostWriter writer;
    private final int refreshTicks;
    private final double dt;
    private final ExpandableArrayBuffer word = new ExpandableArrayBuffer();
    private final List<GhostFeed> feeds = new ArrayList<>();
    private List<Neighbour> known = List.of();

    GhostFeeds(TickLoopBuilder from, TransferWords words) {
        world = from.world;
        config = from.ghosts;
        desk = from.transferDesk;
        this.words = words;
        writer = new GhostWriter(world);
        refreshTicks = from.config.tickHz();
        dt = 1.0 / refreshTicks;
    }

    /** Tells what a tick came to, before what is told leaves with it. */
    void endTick(long tick) {
        List<Neighbour> now = desk.neighbours();
        if (now != known) {
            follow(now);
        }
        if (feeds.isEmpty()) {
            return;
        }
        look(tick);
        for (int i = 0; i < feeds.size(); i++) {
            GhostFeed feed = feeds.get(i);
            feed.advance(dt);
            if (tick % config.ticks() == 0) {
                feed.tell(writer, tick, refreshTicks);
                if (!writer.isEmpty() || tick % refreshTicks < config.ticks()) {
                    send(feed.home, tick);
                }
            }
        }
    }

    private void follow(List<Neighbour> now) {
        List<GhostFeed> before = List.copyOf(feeds);
        feeds.clear();
        for (Neighbour each : now) {
            GhostFeed feed =
                    before.stream()
                            .filter(of -> of.home == each.home())
                            .findFirst()
                            .orElseGet(() -> new GhostFeed(world, config, each));
            feed.regions(each.regions());
            feeds.add(feed);
        }
        known = now;
    }

    private void look(long tick) {
        int phase = (int) (tick % LOOK_TICKS);
        for (int t = 0; t < world.tableCount(); t++) {
            Table table = world.table(t);
            PositionColumn at = table.column(PositionColumn.TYPE);
            SizeColumn size = table.column(SizeColumn.TYPE);
            ParentColumn parents = table.column(ParentColumn.TYPE);
            if (at == null || size == null || table.holdsGhosts()) {
                continue;
            }
            for (int row = phase; row < table.size(); row += LOOK_TICKS) {
                if (parents == null || parents.id[row] == 0) {
                    for (int i = 0; i < feeds.size(); i++) {
                        feeds.get(i)
                                .consider(
                                        table.entityAt(row),
                                        size.sizeClass[row],
                                        at.x[row],
                                        at.y[row],
                                        at.z[row]);
                    }
                }
            }
        }
    }

    private void send(long to, long tick) {
        GhostsEncoder out = new GhostsEncoder();
        out.wrapAndApplyHeader(word, 0, new MessageHeaderEncoder())
                .source(Integer.toUnsignedLong(world.idBlock()))
                .home(desk.home())
                .destination(to)
                .tick(tick);
        int lengthAt = MessageHeaderEncoder.ENCODED_LENGTH + GhostsEncoder.BLOCK_LENGTH;
        int wordAt = lengthAt + GhostsEncoder.wordHeaderLength();
        int length = writer.write(word, wordAt);
        word.putInt(lengthAt, length, GhostsEncoder.BYTE_ORDER);
        byte[] message = new byte[wordAt + length];
        word.getBytes(0, message);
        words.add(sink -> sink.ghosts(to, message));
    }
}
