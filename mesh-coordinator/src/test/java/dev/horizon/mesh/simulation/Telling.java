package dev.horizon.mesh.simulation;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.World;
import java.util.ArrayList;
import java.util.List;

/**
 * A service that each node tells numbers to, all nodes and one by key, and that sums up what it
 * hears. Notes are entities, so that they share the fate of their world: their place says what they
 * are of, and holds two numbers.
 */
final class Telling implements Plugin {
    private static final String SERVICE = "telling";
    private static final int EVERY_TICKS = 8;

    /** So many are told, then all is to come to rest. */
    private static final int NUMBERS = 150;

    /** No ship is there. */
    private static final double NOTES = 1e9;

    private static final double TOLD = NOTES;
    private static final double RECIPIENTS = NOTES + 1;
    private static final double BROKEN = NOTES + 2;
    private static final double ALL_SUM = NOTES + 3;
    private static final double KEY_SUM = NOTES + 4;
    private static final double KEY_SQUARES = NOTES + 5;
    private static final double LAST = NOTES + 100;

    /** What the service takes. */
    public record Told(int node, int number, boolean isForAll) {}

    /**
     * What nodes have told and heard.
     *
     * @param toldAll numbers told to all, and as many by key
     * @param recipients of those that were told to all
     * @param broken what was heard twice, or out of order
     * @param heardAll how often something told to all was heard
     * @param heardKey how often something told by key was heard
     * @param keySum of the numbers of that
     * @param keySquares of the same
     * @param full nodes that have told all they had to
     * @param nodes that are alive
     */
    record Sums(
            long toldAll,
            long recipients,
            long broken,
            long heardAll,
            long heardKey,
            long keySum,
            long keySquares,
            int full,
            int nodes) {
        static final Sums NONE = new Sums(0, 0, 0, 0, 0, 0, 0, 0, 0);

        Sums plus(Sums o) {
            return new Sums(
                    toldAll + o.toldAll,
                    recipients + o.recipients,
                    broken + o.broken,
                    heardAll + o.heardAll,
                    heardKey + o.heardKey,
                    keySum + o.keySum,
                    keySquares + o.keySquares,
                    full + o.full,
                    nodes + o.nodes);
        }

        /** True when each was heard once by each that it was told to. */
        boolean isAllHeard() {
            long n = NUMBERS;
            return broken == 0
                    && full == nodes
                    && heardAll == recipients
                    && heardKey == toldAll
                    && keySum == nodes * (n * (n + 1) / 2)
                    && keySquares == nodes * (n * (n + 1) * (2 * n + 1) / 6);
        }
    }

    @Override
    public void setup(Registrar registrar) {
        registrar.offer(SERVICE, Told.class);
        registrar.events().on(TickStarted.class, Telling::tell);
        registrar.events().onPlugin(Told.class, Telling::hear);
    }

    private static void tell(TickStarted event, EventContext context) {
        World world = context.world();
        int number = (int) read(world, TOLD).y() + 1;
        if (context.tick().number() % EVERY_TICKS != 0 || number > NUMBERS) {
            return;
        }
        int node = context.services().node();
        int nodes = context.services().toAll(SERVICE, new Told(node, number, true));
        context.services().toKey(SERVICE, number, new Told(node, number, false));
        add(world, TOLD, 1);
        add(world, RECIPIENTS, nodes);
    }

    private static void hear(Told told, EventContext context) {
        World world = context.world();
        double from = LAST + 2 * told.node() + (told.isForAll() ? 0 : 1);
        double last = read(world, from).y();
        if (told.number() <= last) {
            add(world, BROKEN, 1);
        }
        add(world, from, told.number() - last);
        if (told.isForAll()) {
            add(world, ALL_SUM, 1);
        } else {
            add(world, KEY_SUM, told.number());
            add(world, KEY_SQUARES, (double) told.number() * told.number());
        }
    }

    /** A note: y what was added, z how often. */
    private static Position read(World world, double of) {
        EntityId note = find(world, of);
        Position known = note.equals(EntityId.NONE) ? null : world.read(note, Position.class);
        return known == null ? new Position(of, 0, 0) : known;
    }

    private static void add(World world, double of, double more) {
        EntityId note = find(world, of);
        Position known = read(world, of);
        Position next = new Position(of, known.y() + more, known.z() + 1);
        if (note.equals(EntityId.NONE)) {
            world.create(next);
        } else {
            world.write(note, next);
        }
    }

    private static EntityId find(World world, double of) {
        List<EntityId> found = new ArrayList<>();
        world.forEach(
                Position.class,
                entity -> {
                    Position at = world.read(entity, Position.class);
                    if (at != null && at.x() == of) {
                        found.add(entity);
                    }
                });
        return found.isEmpty() ? EntityId.NONE : found.getFirst();
    }

    /** What a node has told and heard. */
    static Sums sums(WorldState world) {
        Position[] notes = new Position[6];
        java.util.Arrays.fill(notes, new Position(0, 0, 0));
        for (int t = 0; t < world.tableCount(); t++) {
            Table table = world.table(t);
            PositionColumn at = table.column(PositionColumn.TYPE);
            for (int row = 0; at != null && row < table.size(); row++) {
                if (at.x[row] >= NOTES && at.x[row] < NOTES + notes.length) {
                    notes[(int) (at.x[row] - NOTES)] =
                            new Position(at.x[row], at.y[row], at.z[row]);
                }
            }
        }
        long told = (long) notes[0].y();
        return new Sums(
                told,
                (long) notes[1].y(),
                (long) notes[2].y(),
                (long) notes[3].y(),
                (long) notes[4].z(),
                (long) notes[4].y(),
                (long) notes[5].y(),
                told == NUMBERS ? 1 : 0,
                1);
    }

    /** The same of all nodes together. */
    static Sums sum(List<SimulatedNode> nodes) {
        return nodes.stream().map(SimulatedNode::told).reduce(Sums.NONE, Sums::plus);
    }
}
