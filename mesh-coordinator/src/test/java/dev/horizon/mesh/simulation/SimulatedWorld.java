package dev.horizon.mesh.simulation;

import dev.horizon.engine.events.Player;
import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginDescriptor;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.ports.InputSource;
import dev.horizon.engine.ports.TransferSink;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldSnapshot;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.tick.GhostConfig;
import dev.horizon.engine.tick.Sessions;
import dev.horizon.engine.tick.TickConfig;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.engine.tick.TickLoopBuilder;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Ghost;
import dev.horizon.engine.world.JumpColumn;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.ParentColumn;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.Region;
import dev.horizon.engine.world.Size;
import dev.horizon.engine.world.SizeClass;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** The real tick loop with a small world, made new or brought back from its tape. */
final class SimulatedWorld implements AutoCloseable {
    /** Ships of a new world; each with two that ride in it, one within the other. */
    static final int SHIPS = 2;

    static final int ENTITIES = 3 * SHIPS;
    private static final Motion DRIFTING = new Motion(0, 0, 0, 0, 0, 0);
    private static final Size SHAPE = new Size(SizeClass.CRAFT, 1);

    /** Who is so near a neighbour's region is seen there; ships are in the middle of theirs. */
    static final double GHOST_METRES = 800;

    private static final GhostConfig GHOSTS =
            new GhostConfig(10, GHOST_METRES, GHOST_METRES, GHOST_METRES, GHOST_METRES);

    private static final int HELD_BYTES = 1 << 14;
    private static final int SNAPSHOT_TICKS = 200;

    /** Who is no farther beyond all regions of a node stays. */
    private static final double BORDER_METRES = 100;

    private static final TickConfig CONFIG =
            TickConfig.standard().holding(HELD_BYTES, HELD_BYTES, HELD_BYTES);

    final WorldState world;
    final TickLoop loop;
    private final Schedule schedule;
    private final SimulatedTape tape;

    private SimulatedWorld(WorldState world, Schedule schedule, TickLoop loop, SimulatedTape tape) {
        this.world = world;
        this.schedule = schedule;
        this.loop = loop;
        this.tape = tape;
    }

    /**
     * Opens what a tape holds.
     *
     * @param block of the ids of its world, new or not
     */
    static SimulatedWorld open(
            SimulatedTape tape,
            int block,
            Course course,
            List<Region> regions,
            Region home,
            TransferSink sink,
            SimulatedGateway.Line line) {
        SimulatedTape.@Nullable Snapshot from = tape.last();
        WorldState world =
                from == null
                        ? fresh(block, course, home)
                        : WorldSnapshot.read(from.world(), TickLoopBuilder.COMPONENTS);
        long tick = from == null ? 0 : from.tick();
        byte @Nullable [] state = from == null ? null : from.state();
        List<List<byte[]>> ticks = tape.inputsAfter(from);
        if (!ticks.isEmpty()) {
            state = rerun(world, course, tick, state, ticks);
            tick += ticks.size();
        }
        LoadedPlugins plugins = plugins(course);
        Schedule schedule = Schedule.of(world, plugins.systems(), plugins.derived(), 1);
        TickLoop loop =
                builder(world, schedule, plugins, tick, state)
                        .startedRegions(regions)
                        .ghosts(course.hasGhosts() ? GHOSTS : GhostConfig.NONE)
                        .tickLog(tape)
                        .transfers(sink)
                        .inputs(line)
                        .messages(line)
                        .build();
        return new SimulatedWorld(world, schedule, loop, tape);
    }

    private static WorldState fresh(int block, Course course, Region home) {
        WorldState world = WorldState.create(block, TickLoopBuilder.COMPONENTS);
        for (int i = 0; i < SHIPS; i++) {
            EntityId ship =
                    world.create(
                            new Position(
                                    course == Course.GATES ? home.minX() + 1 : placeOf(block, i),
                                    0,
                                    0),
                            DRIFTING,
                            SHAPE);
            EntityId boat = world.create(new Position(block, i, 1), new Parent(ship, 1, 0, 0));
            world.create(new Parent(boat, 0, 1, 0));
        }
        for (int i = 0; i < SHIPS; i++) {
            Packing.add(EntityId.of(block, 1 + 3 * i), world);
        }
        return world;
    }

    /** Where a ship of a new world is, metres: in the region of one node or another. */
    private static double placeOf(int block, int ship) {
        return (1 + (block + ship) % 3 + 0.5) * SimulatedNode.REGION_METRES;
    }

    private static byte[] rerun(
            WorldState world,
            Course course,
            long tick,
            byte @Nullable [] state,
            List<List<byte[]>> ticks) {
        LoadedPlugins plugins = plugins(course);
        Queue<byte[]> next = new ArrayDeque<>();
        InputSource inputs =
                (handler, limit) -> {
                    int fed = 0;
                    for (byte[] input = next.poll(); input != null; input = next.poll()) {
                        handler.onInput(new UnsafeBuffer(input), 0, input.length);
                        fed++;
                    }
                    return fed;
                };
        try (Schedule schedule = Schedule.of(world, plugins.systems(), plugins.derived(), 1);
                TickLoop loop =
                        builder(world, schedule, plugins, tick, state)
                                .plugins(
                                        List.of(),
                                        setup -> {
                                            throw new AssertionError("no plugins change here");
                                        })
                                .inputs(inputs)
                                .tickLog(new Nowhere())
                                .build()) {
            for (List<byte[]> each : ticks) {
                next.addAll(each);
                loop.step();
            }
            return loop.state();
        }
    }

    private static TickLoopBuilder builder(
            WorldState world,
            Schedule schedule,
            LoadedPlugins plugins,
            long tick,
            byte @Nullable [] state) {
        TickLoopBuilder builder =
                TickLoop.of(world, schedule, plugins.events())
                        .config(CONFIG)
                        .starSystem("sol", 7)
                        .firstTick(tick + 1);
        return state == null ? builder : builder.goingOnFrom(state);
    }

    private static LoadedPlugins plugins(Course course) {
        PluginHost host = new PluginHost(true, Map.of());
        host.add(new Counting(), PluginDescriptor.of("counting", Counting.class));
        host.add(new Packing(), PluginDescriptor.of("packing", Packing.class));
        host.add(new Jumping(course), PluginDescriptor.of("jumping", Jumping.class));
        if (course.hasServices()) {
            host.add(new Telling(), PluginDescriptor.of("telling", Telling.class));
        }
        return host.load();
    }

    /** One tick, if the recorder allows it; a snapshot now and then. */
    void step() {
        if (loop.step() && loop.tick() % SNAPSHOT_TICKS == 0) {
            tape.snapshot(loop.tick(), WorldSnapshot.write(world), loop.state());
        }
    }

    /** What a player's session came to, where it is here: numbers heard, or what was wrong. */
    @Nullable String heard(long playerId) {
        Sessions sessions = loop.sessions();
        Player player = sessions.find(playerId);
        if (player == null) {
            return null;
        }
        String broken = sessions.metadata(player, Counting.BROKEN);
        String heard = sessions.metadata(player, Counting.HEARD);
        return broken != null ? broken : heard == null ? "0" : heard;
    }

    /** Sessions whose ship is elsewhere. */
    List<Player> strays() {
        Sessions sessions = loop.sessions();
        return sessions.all().stream()
                .filter(player -> {
                    EntityId ship = sessions.focus(player);
                    return !ship.equals(EntityId.NONE) && !world.exists(ship);
                })
                .toList();
    }

    /** Ships that are where another node should have them. */
    boolean isAnyBeyond(List<Region> regions) {
        for (int t = 0; t < world.tableCount(); t++) {
            Table table = world.table(t);
            PositionColumn places = table.column(PositionColumn.TYPE);
            boolean isOfShips =
                    places != null
                            && !table.holdsGhosts()
                            && table.column(ParentColumn.TYPE) == null;
            for (int row = 0; isOfShips && row < table.size(); row++) {
                double x = places.x[row];
                double y = places.y[row];
                double z = places.z[row];
                if (regions.stream().noneMatch(each -> isIn(each, x, y, z))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isIn(Region region, double x, double y, double z) {
        double nearest = Math.clamp(x, region.minX(), Math.nextDown(region.maxX()));
        return Math.abs(x - nearest) <= BORDER_METRES && region.contains(nearest, y, z);
    }

    /** A ship as it is, or as its ghost is. */
    record Seen(Position at, Motion motion, Size size) {}

    /** Its own ships. */
    Map<Long, Seen> ships() {
        Map<Long, Seen> ships = new TreeMap<>();
        world.forEach(
                Motion.class,
                id ->
                        ships.put(
                                id.value(),
                                new Seen(
                                        Objects.requireNonNull(world.read(id, Position.class)),
                                        Objects.requireNonNull(world.read(id, Motion.class)),
                                        Objects.requireNonNull(world.read(id, Size.class)))));
        return ships;
    }

    /** Those of other nodes, as it has them. */
    Map<Long, Seen> ghosts() {
        Map<Long, Seen> ghosts = new TreeMap<>();
        world.forEach(
                Ghost.class,
                id ->
                        ghosts.put(
                                id.value(),
                                new Seen(
                                        Objects.requireNonNull(world.readGhost(id, Position.class)),
                                        Objects.requireNonNull(world.readGhost(id, Motion.class)),
                                        Objects.requireNonNull(world.readGhost(id, Size.class)))));
        return ghosts;
    }

    /** By number: the world that has a ghost's ship. */
    int nodeOf(long ghost) {
        return world.ghosts().node(ghost);
    }

    /** What a replay of all of its tape comes to. */
    static long replay(SimulatedTape tape, int block, Course course, Region home) {
        try (WorldState again = fresh(block, course, home)) {
            rerun(again, course, 0, null, tape.inputsAfter(null));
            return again.hash();
        }
    }

    /** Ships that wait for a jump. */
    boolean isAnyToJump() {
        boolean isAny = false;
        for (int t = 0; t < world.tableCount(); t++) {
            Table table = world.table(t);
            isAny |= table.size() > 0 && table.column(JumpColumn.TYPE) != null;
        }
        return isAny;
    }

    /** Stores of ships, with their ships. */
    Map<Long, Long> stores() {
        Map<Long, Long> stores = new TreeMap<>();
        world.forEach(
                Owner.class,
                id -> {
                    long owner = Objects.requireNonNull(world.read(id, Owner.class)).playerId();
                    if (Packing.isShip(owner)) {
                        stores.put(id.value(), owner);
                    }
                });
        return stores;
    }

    /** All entities that it ticks, with what they ride in. */
    Map<Long, Long> entities() {
        Map<Long, Long> entities = new TreeMap<>();
        for (int t = 0; t < world.tableCount(); t++) {
            Table table = world.table(t);
            ParentColumn parents = table.column(ParentColumn.TYPE);
            for (int row = 0; !table.holdsGhosts() && row < table.size(); row++) {
                entities.put(table.entityAt(row), parents == null ? 0 : parents.id[row]);
            }
        }
        return entities;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(loop, schedule, world);
    }

    /** Keeps nothing: it is all there already. */
    private static final class Nowhere implements dev.horizon.engine.ports.TickLog {
        @Override
        public long offer(org.agrona.DirectBuffer buffer, int offset, int length) {
            return 0;
        }

        @Override
        public long recordedPosition() {
            return 0;
        }

        @Override
        public void close() {}
    }
}
