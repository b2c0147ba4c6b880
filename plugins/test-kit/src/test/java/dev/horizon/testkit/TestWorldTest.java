package dev.horizon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.events.Players;
import dev.horizon.engine.plugin.CommandSpec;
import dev.horizon.engine.plugin.Default;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.PositionColumn;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TestWorldTest {
    record Ask(int number) {}

    record Answer(int number) {}

    record Settings(@Default("2") int factor) {}

    /** Multiplies what it is asked, and gives every player a rock that drifts at random. */
    public static final class Multiplier implements Plugin {
        @Override
        public void setup(Registrar r) {
            int factor = r.config(Settings.class).factor();
            r.events().toClient("sum", "answer", Answer.class);
            r.events()
                    .onClient(
                            "sum",
                            "ask",
                            Ask.class,
                            (e, p, c) -> c.players().send(p, new Answer(e.number() * factor)));
            r.events()
                    .on(
                            PlayerConnected.class,
                            (e, c) -> {
                                boolean[] has = {false};
                                c.world()
                                        .forEach(
                                                Owner.class,
                                                id ->
                                                        has[0] |=
                                                                c.world()
                                                                                .read(
                                                                                        id,
                                                                                        Owner.class)
                                                                                .playerId()
                                                                        == e.player().id());
                                if (!has[0]) {
                                    c.world()
                                            .create(
                                                    new Position(1, 2, 3),
                                                    new Owner(e.player().id()));
                                }
                            });
            r.command(new CommandSpec("factor", "", "Says it.", (a, c) -> "" + factor));
            r.system(
                    SystemSpec.of(
                            "drift",
                            Stage.MOVE,
                            Access.none().writing(PositionColumn.TYPE),
                            (rows, tick) -> {
                                PositionColumn p = rows.write(PositionColumn.TYPE);
                                for (int i = rows.from(); i < rows.to(); i++) {
                                    p.x[i] += tick.uniform(rows.entityAt(i), 1);
                                }
                            }));
        }
    }

    @Test
    void shouldCarryEventsBothWaysAsBytes() {
        try (TestWorld world =
                TestWorld.builder()
                        .plugin(Multiplier.class)
                        .config("multiplier", "factor", 3)
                        .build()) {
            FakePlayer ada = world.connect("Ada");
            FakePlayer eve = world.connect("Eve");
            ada.send("sum", "ask", new Ask(14));
            world.tick(1);

            assertThat(ada.isConnected()).isTrue();
            assertThat(ada.received(Answer.class)).containsExactly(new Answer(42));
            assertThat(eve.received(Answer.class)).isEmpty();
            assertThat(world.command("multiplier:factor")).isEqualTo("3");
            assertThatThrownBy(() -> world.command("multiplier:sum"))
                    .isInstanceOf(HorizonException.class);
        }
    }

    @Test
    void shouldRefuseBytesThatDoNotFit() {
        try (TestWorld world = TestWorld.with(Multiplier.class)) {
            FakePlayer ada = world.connect("Ada");
            ada.sendBytes("sum", "ask", new byte[3]);
            world.tick(1);

            assertThat(ada.refusals()).singleElement().asString().startsWith("HZ-EVT-001");
        }
    }

    /** Counts each player's visits in what is noted about them. */
    public static final class Guestbook implements Plugin {
        @Override
        public void setup(Registrar r) {
            r.events().toClient("guests", "visit", Answer.class);
            r.events().on(PlayerConnected.class, Guestbook::note);
        }

        private static void note(PlayerConnected event, EventContext context) {
            Players players = context.players();
            String before = players.metadata(event.player(), "visits");
            int visits = before == null ? 1 : Integer.parseInt(before) + 1;
            players.metadata(event.player(), "visits", Integer.toString(visits));
            players.metadata(event.player(), "gone", "soon");
            players.metadata(event.player(), "gone", "");
            String noted = players.metadata(event.player(), "visits");
            boolean isClean = players.metadata(event.player(), "gone") == null;
            players.send(event.player(), new Answer(isClean ? Integer.parseInt(noted) : -1));
        }
    }

    @Test
    void shouldKeepWhatIsNotedAboutAPlayer() {
        try (TestWorld world = TestWorld.with(Guestbook.class)) {
            FakePlayer ada = world.connect("Ada");
            FakePlayer eve = world.connect("Eve");
            ada.disconnect();
            ada.clear();
            ada.connect();

            assertThat(ada.received(Answer.class)).containsExactly(new Answer(2));
            assertThat(eve.received(Answer.class)).containsExactly(new Answer(1));
        }
    }

    @Test
    void shouldBringBackWhatAPlayerLeftWith() {
        try (TestWorld world = TestWorld.with(Multiplier.class)) {
            FakePlayer ada = world.connect("Ada");
            assertThat(world.world().entities()).isEqualTo(2);
            ada.disconnect();
            assertThat(world.world().entities()).isZero();
            ada.connect();

            assertThat(world.world().entities()).isEqualTo(2);
            assertThat(world.world().read(EntityId.of(1, 2), Position.class).y()).isEqualTo(2);
        }
    }

    @Test
    void shouldFailTheTickInWhichAPluginThrows() {
        Plugin bad =
                r ->
                        r.events()
                                .on(
                                        PlayerConnected.class,
                                        (e, c) -> {
                                            throw new IllegalStateException("boom");
                                        });
        try (TestWorld world = TestWorld.with(bad)) {
            assertThatThrownBy(() -> world.connect("Ada"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContainingAll("boom", "tick 1", "PlayerConnected");
        }
        try (TestWorld world = TestWorld.builder().plugin(bad).toleratingFaults().build()) {
            world.connect("Ada");
            assertThat(world.faults()).hasSize(1);
        }
    }

    @Test
    void shouldFindTheSameBitsOnOneThreadAndOnTwo() {
        var hashes =
                Determinism.check(
                        () -> TestWorld.builder().plugin(Multiplier.class).seed(42),
                        world -> {
                            for (int i = 0; i < 3_000; i++) {
                                world.world().create(new Position(i, 0, 0));
                            }
                            world.connect("Ada");
                            world.tick(20);
                        });

        assertThat(hashes).hasSize(21).doesNotHaveDuplicates();
    }

    @Test
    void shouldNameTheTickAndComponentThatDiffer() {
        AtomicInteger outside = new AtomicInteger();
        Plugin fickle =
                r ->
                        r.system(
                                SystemSpec.of(
                                        "fickle",
                                        Stage.MOVE,
                                        Access.none().writing(PositionColumn.TYPE),
                                        (rows, tick) -> {
                                            PositionColumn p = rows.write(PositionColumn.TYPE);
                                            if (tick.number() == 5) {
                                                p.x[0] = outside.incrementAndGet();
                                            }
                                        }));

        assertThatThrownBy(() ->
                        Determinism.check(
                                () -> TestWorld.builder().plugin(fickle),
                                world -> {
                                    world.world().create(new Position(0, 0, 0));
                                    world.tick(9);
                                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("tick 5", "Position");
    }
}
