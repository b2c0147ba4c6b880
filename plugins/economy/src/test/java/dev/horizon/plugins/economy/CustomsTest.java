package dev.horizon.plugins.economy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.ecs.cargo.Hold;
import dev.horizon.engine.events.EntityLeaving;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.World;
import dev.horizon.testkit.FakePlayer;
import dev.horizon.testkit.Mechanisms;
import dev.horizon.testkit.TestMesh;
import dev.horizon.testkit.TestWorld;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Books of several nodes, between which goods and money go. */
class CustomsTest {
    /** Gives each player a ship, and keeps what is far out. */
    private static final Plugin BRIDGE =
            registrar -> {
                registrar.events().on(PlayerConnected.class, CustomsTest::board);
                registrar.events().on(EntityLeaving.class, CustomsTest::keep);
            };

    private static void board(PlayerConnected event, EventContext context) {
        Owner owner = new Owner(event.player().id());
        World world = context.world();
        if (world.find(Owner.class, owner.playerId(), Hold.class) != null) {
            return;
        }
        EntityId ship =
                world.create(
                        new Position(0, 0, 0),
                        new Motion(0, 0, 0, 0, 0, 0),
                        owner,
                        new Hold(100, new int[] {5, 0, 0, 9}));
        world.create(
                new Position(0, 0, 0),
                new Parent(ship, 0, 0, 0),
                new Hold(100, new int[] {2, 0, 0, 0}));
        world.create(new GoodsFlow(Commodity.ORE, 7));
        world.create(new GoodsFlow(Commodity.GOODS, 9));
        context.players().focus(event.player(), ship);
    }

    private static void keep(EntityLeaving event, EventContext context) {
        Position at = context.world().read(event.entity(), Position.class);
        if (at != null && at.x() > 1_000) {
            context.refuse("TEST-1", "it stays");
        }
    }

    private static TestWorld world(int idBlock) {
        TestWorld world =
                TestWorld.builder()
                        .plugin(Mechanisms.class)
                        .plugin(Economy.class)
                        .plugin("bridge", BRIDGE)
                        .idBlock(idBlock)
                        .build();
        world.tick(3);
        return world;
    }

    private static EntityId ship(FakePlayer player) {
        EntityId ship = player.world().world().find(Owner.class, player.player().id(), Hold.class);
        assertThat(ship).isNotNull();
        return ship;
    }

    private static long credits(TestWorld world, FakePlayer player) {
        EntityId account = Bank.accountOf(world.world(), player.player().id());
        return account == null ? -1 : Bank.credits(world.world(), account);
    }

    @Test
    void shouldBookGoodsAndMoneyThatGoToAnotherNodeAndComeBack() {
        try (TestWorld sol = world(1);
                TestWorld vega = world(2)) {
            FakePlayer ada = sol.connect("Ada");
            TestMesh mesh = TestMesh.of(sol, vega);
            mesh.move(ship(ada), sol, vega);
            mesh.tick(25);
            assertThat(ada.world()).isSameAs(vega);
            assertThat(credits(vega, ada)).isEqualTo(5_000);
            assertThat(credits(sol, ada)).isZero();
            assertThat(sol.command("economy:ledger"))
                    .contains("BALANCED", "ORE 0 of 0", "CREDITS 99995000 of 99995000");
            assertThat(vega.command("economy:ledger"))
                    .contains("BALANCED", "ORE 7 of 7", "GOODS 9 of 9", "of 100005000");
            assertThat(ada.received(EconomyEvents.Balance.class).getLast().credits())
                    .isEqualTo(5_000);

            mesh.move(ship(ada), vega, sol);
            mesh.tick(25);
            assertThat(credits(sol, ada)).isEqualTo(5_000);
            assertThat(vega.command("economy:ledger")).contains("BALANCED", "of 100000000");
            assertThat(sol.command("economy:ledger")).contains("BALANCED", "of 100000000");
        }
    }

    @Test
    void shouldKeepTheBooksOfWhatIsKept() {
        try (TestWorld sol = world(1);
                TestWorld vega = world(2)) {
            FakePlayer ada = sol.connect("Ada");
            TestMesh mesh = TestMesh.of(sol, vega);
            sol.world().write(ship(ada), new Position(2_000, 0, 0));
            mesh.move(ship(ada), sol, vega);
            mesh.tick(25);
            assertThat(ada.world()).isSameAs(sol);
            assertThat(credits(sol, ada)).isEqualTo(5_000);
            assertThat(Arrays.asList(sol.command("economy:ledger").split("\n")))
                    .contains("BALANCED", "ORE 7 of 7", "CREDITS 100000000 of 100000000");
        }
    }

    @Test
    void shouldBookWhatIsBackBeforeTheNextTick() {
        try (TestWorld sol = world(1);
                TestWorld vega = world(2)) {
            TestMesh mesh = TestMesh.of(sol, vega);
            EntityId hauler =
                    sol.world()
                            .create(
                                    new Position(0, 0, 0),
                                    new Motion(0, 0, 0, 0, 0, 0),
                                    new Hold(100, new int[] {5, 0, 0, 0}));
            sol.world().create(new GoodsFlow(Commodity.ORE, 5));
            mesh.tick(2);
            mesh.move(hauler, sol, vega);
            mesh.tick(1);
            assertThat(sol.world().exists(hauler)).isFalse();
            mesh.pause(sol);
            mesh.tick(3);
            mesh.move(hauler, vega, sol);
            mesh.tick(3);
            assertThat(vega.world().exists(hauler)).isFalse();
            mesh.resume(sol);
            mesh.tick(5);
            assertThat(sol.command("economy:ledger")).contains("BALANCED", "ORE 5 of 5");
            assertThat(vega.command("economy:ledger")).contains("BALANCED", "ORE 0 of 0");
        }
    }
}
