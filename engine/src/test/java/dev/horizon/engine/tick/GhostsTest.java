package dev.horizon.engine.tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Ghost;
import dev.horizon.engine.world.GhostColumn;
import dev.horizon.engine.world.HorizonWorldException;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.Region;
import dev.horizon.engine.world.Replicated;
import dev.horizon.engine.world.Size;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes side by side, and a test that carries what one says to the other. */
class GhostsTest {
    private static final long HERE = 100;
    private static final long THERE = 200;
    private static final int SECOND = 20;

    /** Of the node that is told: beyond x = 0. */
    private static final Region BEYOND = new Region(2, "sol", 1, 0, -1e4, -1e4, 1e4, 1e4, 1e4);

    private static final Region BEFORE = new Region(1, "sol", 1, -1e4, -1e4, -1e4, 0, 1e4, 1e4);

    @Component
    @Replicated(Tier.CLOSE)
    public record Paint(int colour) {}

    @Component
    public record Secret(int number) {}

    private final Told toldHere = new Told();
    private final Told toldThere = new Told();
    private final long[] seen = new long[2];
    private final Rig here = new Rig(TickConfig.standard(), 1, this::plugin);
    private final Rig there = new Rig(TickConfig.standard(), 2, this::plugin);

    /** A system that counts what it visits, and one that asks for ghosts, too. */
    private void plugin(Registrar registrar) {
        registrar.components(PaintColumn.TYPE, SecretColumn.TYPE);
        registrar.system(
                SystemSpec.of(
                        "count",
                        Stage.MOVE,
                        Access.reading(PositionColumn.TYPE),
                        (rows, tick) -> seen[0] += rows.to() - rows.from()));
        registrar.system(
                SystemSpec.of(
                        "look",
                        Stage.MOVE,
                        Access.reading(PositionColumn.TYPE).optional(GhostColumn.TYPE),
                        (rows, tick) -> seen[1] += rows.to() - rows.from()));
    }

    @BeforeEach
    void listen() {
        here.transfers = toldHere;
        there.transfers = toldThere;
        here.loop.transfers().neighbours(HERE, List.of(new Neighbour(THERE, List.of(BEYOND))));
        there.loop.transfers().neighbours(THERE, List.of(new Neighbour(HERE, List.of(BEFORE))));
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private static EntityId ship(Rig rig, double x, float speed) {
        return rig.world.create(
                new Position(x, 0, 0),
                new Motion(speed, 0, 0, 0, 0, 0),
                new Size(SizeClass.CRAFT, 10),
                new Paint(7),
                new Secret(8),
                new Owner(5));
    }

    /** Lets ticks of both pass; what one says the other has in the next. */
    private void tick(int count) {
        for (int i = 0; i < count; i++) {
            here.tick(1);
            there.tick(1);
            deliver(toldHere, there);
            deliver(toldThere, here);
        }
    }

    private static void deliver(Told from, Rig to) {
        from.ghosts.forEach(to.loop.transfers()::bringGhosts);
        from.ghosts.clear();
    }

    @Test
    void shouldHaveOfANeighbourWhatIsNearAndWhatClientsAreTold() {
        EntityId near = ship(here, -500, 0);
        EntityId far = ship(here, -1_500, 0);
        EntityId station =
                here.world.create(new Position(-1_500, 0, 0), new Size(SizeClass.STATION, 90));
        here.world.create(
                new Position(-5, 0, 0), new Size(SizeClass.CRAFT, 1), new Parent(near, 0, 0, 0));
        tick(15);
        assertThat(there.world.readGhost(near, Position.class)).isEqualTo(new Position(-500, 0, 0));
        assertThat(there.world.readGhost(near, Paint.class)).isEqualTo(new Paint(7));
        assertThat(there.world.readGhost(near, Secret.class)).isNull();
        assertThat(there.world.readGhost(near, Owner.class)).isNull();
        assertThat(Objects.requireNonNull(there.world.readGhost(near, Ghost.class)).node())
                .isEqualTo(1);
        assertThat(there.world.readGhost(far, Position.class)).isNull();
        assertThat(there.world.readGhost(station, Size.class))
                .as("of what shows from farther away")
                .isEqualTo(new Size(SizeClass.STATION, 90));
        int[] ghosts = new int[1];
        there.world.forEach(Ghost.class, id -> ghosts[0]++);
        assertThat(ghosts[0]).as("what rides in another isn't told").isEqualTo(2);
    }

    @Test
    void shouldFollowWhatChangesAndEndWhatGoesAway() {
        EntityId ship = ship(here, -500, 0);
        tick(15);
        here.world.write(ship, new Paint(9));
        tick(4);
        assertThat(there.world.readGhost(ship, Paint.class)).isEqualTo(new Paint(9));
        here.world.write(ship, new Position(-1_050, 0, 0));
        tick(4);
        assertThat(there.world.readGhost(ship, Position.class))
                .as("a little farther than where it is taken up")
                .isEqualTo(new Position(-1_050, 0, 0));
        here.world.write(ship, new Position(-2_000, 0, 0));
        tick(4);
        assertThat(there.world.readGhost(ship, Position.class)).isNull();
        EntityId other = ship(here, -500, 0);
        tick(15);
        assertThat(there.world.readGhost(other, Paint.class)).isNotNull();
        here.world.destroy(other);
        tick(4);
        assertThat(there.world.readGhost(other, Paint.class)).isNull();
    }

    @Test
    void shouldMoveAGhostBetweenWordsAndSayLittleMeanwhile() {
        EntityId ship = ship(here, -500, 0);
        tick(15);
        here.world.write(ship, new Motion(10, 0, 0, 2, 0, 0));
        here.world.write(ship, new Position(-400, 0, 0));
        tick(4);
        there.tick(SECOND);
        Position after = Objects.requireNonNull(there.world.readGhost(ship, Position.class));
        assertThat(after.x()).isBetween(-390.5, -387.0);
        assertThat(Objects.requireNonNull(there.world.readGhost(ship, Motion.class)).vx())
                .isCloseTo(12f, within(0.6f));
    }

    @Test
    void shouldEndGhostsOfANodeThatSaysNothing() {
        EntityId ship = ship(here, -500, 0);
        tick(15);
        there.tick(Ghosts.SILENT_SECONDS_MAX * SECOND - 2 * SECOND);
        assertThat(there.world.readGhost(ship, Position.class)).isNotNull();
        there.tick(2 * SECOND + 3);
        assertThat(there.world.readGhost(ship, Position.class)).isNull();
        tick(2 * SECOND);
        assertThat(there.world.readGhost(ship, Position.class)).as("told anew").isNotNull();
    }

    @Test
    void shouldNotTakeALateWord() {
        EntityId ship = ship(here, -500, 0);
        here.tick(15);
        List<byte[]> late = List.copyOf(toldHere.ghosts);
        here.world.destroy(ship);
        tick(4);
        assertThat(there.world.readGhost(ship, Position.class)).isNull();
        late.forEach(there.loop.transfers()::bringGhosts);
        there.tick(1);
        assertThat(there.world.readGhost(ship, Position.class)).isNull();
    }

    @Test
    void shouldKeepGhostsFromWhoDoesNotAsk() {
        EntityId ship = ship(here, -500, 0);
        tick(15);
        assertThat(there.world.exists(ship)).isFalse();
        assertThat(there.world.entities()).isZero();
        assertThat(there.world.read(ship, Position.class)).isNull();
        assertThat(there.world.lookup().locate(ship.value())).isEqualTo(Lookup.NOWHERE);
        there.world.forEach(
                Position.class,
                id -> {
                    throw new AssertionError(id + " was visited");
                });
        there.world.write(ship, new Paint(1));
        there.world.destroy(ship);
        seen[0] = 0;
        seen[1] = 0;
        there.tick(1);
        assertThat(seen).containsExactly(0, 1);
        assertThat(there.world.readGhost(ship, Paint.class)).isEqualTo(new Paint(7));
        assertThatThrownBy(() -> there.world.create(new Ghost(1, 0)))
                .isInstanceOf(HorizonWorldException.class);
    }

    @Test
    void shouldRefuseASystemThatWouldWriteGhosts() {
        Plugin writing =
                registrar ->
                        registrar.system(
                                SystemSpec.of(
                                        "push",
                                        Stage.MOVE,
                                        Access.reading(GhostColumn.TYPE)
                                                .updating(PositionColumn.TYPE),
                                        (rows, tick) -> {}));
        assertThatThrownBy(() -> new Rig(writing).close())
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo("HZ-SYS-006"));
    }

    @Test
    void shouldGoOnAsAGhostWhereItIsReleasedAndAsAnEntityWhereItComes() {
        EntityId ship = ship(here, 50, 10);
        tick(SECOND);
        assertThat(there.world.readGhost(ship, Position.class)).isNotNull();
        here.loop.transfers().release(1, 1, ship.value(), HERE, THERE, 0);
        here.tick(1);
        assertThat(here.world.exists(ship)).isFalse();
        Ghost ghost = Objects.requireNonNull(here.world.readGhost(ship, Ghost.class));
        assertThat(ghost.node()).as("told from %s", toldThere.words).isEqualTo(2);
        there.loop.transfers().bring(toldHere.parcels.getFirst());
        there.tick(1);
        assertThat(there.world.readGhost(ship, Ghost.class)).as("gave way").isNull();
        assertThat(there.world.read(ship, Secret.class)).isEqualTo(new Secret(8));
        for (int i = 0; i < 4 * SECOND; i++) {
            tick(1);
            assertThat(here.world.readGhost(ship, Position.class)).as("tick %d", i).isNotNull();
            assertThat(there.world.readGhost(ship, Position.class)).as("tick %d", i).isNull();
        }
        assertThat(here.world.readGhost(ship, Secret.class)).isNull();
    }

    @Test
    void shouldComeToTheSameFromTheSameInputsAndFromASnapshot() {
        ship(here, -500, 3);
        try (Rig again = new Rig(TickConfig.standard(), 2, this::plugin)) {
            for (int i = 0; i < 40; i++) {
                here.tick(1);
                toldHere.ghosts.forEach(again.loop.transfers()::bringGhosts);
                deliver(toldHere, there);
                there.tick(1);
                again.tick(1);
                assertThat(again.world.hash()).as("tick %d", i).isEqualTo(there.world.hash());
                assertThat(there.world.fullHash()).isEqualTo(there.world.hash());
            }
        }
        assertThat(there.comeback(toldThere).ghosts.sources).hasSize(1);
    }

    @Test
    void shouldLeaveForgedWordsOutAndHoldNoMoreThanSome() {
        EntityId ship = ship(here, -500, 0);
        here.tick(15);
        there.inputs.addAll(toldHere.ghosts);
        there.tick(1);
        assertThat(there.world.readGhost(ship, Position.class)).isNull();
        assertThat(there.loop.metrics().count(Counter.INPUTS_MALFORMED)).isPositive();
        for (int i = 0; i < 1_000; i++) {
            there.loop.transfers().bringGhosts(toldHere.ghosts.getFirst());
        }
        there.tick(1);
        assertThat(there.loop.metrics().count(Counter.INPUTS)).isLessThan(100);
        deliver(toldHere, there);
        there.tick(1);
        assertThat(there.world.readGhost(ship, Position.class)).isNotNull();
    }

    @Test
    void shouldTakeDamagedWordsAsFarAsTheyGo() {
        long seed = 11;
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            ship(here, -500 - i, 3);
        }
        for (int round = 0; round < 300; round++) {
            here.tick(2);
            for (byte[] word : toldHere.ghosts) {
                byte[] damaged = Arrays.copyOf(word, word.length - random.nextInt(2));
                for (int i = random.nextInt(4); i >= 0; i--) {
                    damaged[40 + random.nextInt(damaged.length - 40)] = (byte) random.nextInt();
                }
                there.loop.transfers().bringGhosts(damaged);
            }
            toldHere.ghosts.clear();
            there.tick(1);
        }
        assertThat(there.world.fullHash()).as("seed %d", seed).isEqualTo(there.world.hash());
        assertThat(there.world.entities()).isZero();
        tick(5 * SECOND);
        int[] ghosts = new int[1];
        there.world.forEach(Ghost.class, id -> ghosts[0]++);
        assertThat(ghosts[0]).as("as told since, seed %d", seed).isEqualTo(20);
    }
}
