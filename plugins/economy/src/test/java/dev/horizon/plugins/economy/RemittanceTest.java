package dev.horizon.plugins.economy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.plugin.CommandSpec;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.Position;
import dev.horizon.testkit.FakePlayer;
import dev.horizon.testkit.Mechanisms;
import dev.horizon.testkit.Props;
import dev.horizon.testkit.TestMesh;
import dev.horizon.testkit.TestWorld;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Money that is paid on one node to players of another. */
class RemittanceTest {
    private static final long MONEY = 100_000_000;

    /** Gives players a ship, and pays out of the treasury. */
    private static final Plugin PAYMASTER =
            registrar -> {
                registrar.events().on(PlayerConnected.class, Props::board);
                registrar.command(
                        new CommandSpec("pay", "<player> <credits>", "Pays.", RemittanceTest::pay));
            };

    private final TestWorld sol = world(1);
    private final TestWorld vega = world(2);
    private final TestWorld mira = world(3);
    private final FakePlayer ada = vega.connect("Ada");
    private final TestMesh mesh = TestMesh.of(sol, vega, mira);

    private static TestWorld world(int idBlock) {
        TestWorld world =
                TestWorld.builder()
                        .plugin(Mechanisms.class)
                        .plugin(Economy.class)
                        .plugin("paymaster", PAYMASTER)
                        .idBlock(idBlock)
                        .build();
        world.tick(3);
        return world;
    }

    private static String pay(List<String> arguments, EventContext context) {
        long playerId = Long.parseLong(arguments.getFirst());
        EntityId treasury = Bank.treasury(context.world());
        assertThat(treasury).isNotNull();
        EntityId account = Bank.open(context.world(), playerId);
        long credits = Long.parseLong(arguments.getLast());
        assertThat(Bank.transfer(context.world(), treasury, account, credits)).isTrue();
        Remittance.follow(playerId, account, context);
        return "paid";
    }

    private void pay(TestWorld world, long credits) {
        world.command("paymaster:pay " + ada.player().id() + " " + credits);
    }

    private long credits(TestWorld world) {
        EntityId account = Bank.accountOf(world.world(), ada.player().id());
        return account == null ? 0 : Bank.credits(world.world(), account);
    }

    private void assertBalanced() {
        long sum = 0;
        for (TestWorld world : List.of(sol, vega, mira)) {
            assertThat(world.command("economy:ledger")).startsWith("BALANCED");
            Ledger[] ledger = new Ledger[1];
            world.world()
                    .forEach(Ledger.class, id -> ledger[0] = world.world().read(id, Ledger.class));
            sum += ledger[0].moneyCounted();
        }
        assertThat(sum).isEqualTo(3 * MONEY);
    }

    @AfterEach
    void close() {
        sol.close();
        vega.close();
        mira.close();
    }

    @Test
    void shouldFollowPlayersToTheirNode() {
        pay(sol, 100);
        mesh.tick(60);
        assertThat(credits(vega)).isEqualTo(5_100);
        assertThat(credits(sol)).isZero();
        assertThat(ada.received(EconomyEvents.Balance.class).getLast().credits()).isEqualTo(5_100);
        assertBalanced();
    }

    @Test
    void shouldStayUntilThePlayerIsBack() {
        ada.disconnect();
        pay(sol, 100);
        mesh.tick(100);
        assertThat(credits(sol)).isEqualTo(100);
        ada.connect();
        mesh.tick(60);
        assertThat(credits(vega)).isEqualTo(5_100);
        assertThat(credits(sol)).isZero();
        assertBalanced();
    }

    @Test
    void shouldFollowWhoGoesOn() {
        pay(sol, 100);
        mesh.tick(60);
        EntityId ship = vega.world().find(Owner.class, ada.player().id(), Position.class);
        assertThat(ship).isNotNull();
        mesh.move(ship, vega, mira);
        mesh.tick(20);
        pay(sol, 50);
        mesh.tick(100);
        assertThat(ada.world()).isSameAs(mira);
        assertThat(credits(mira)).isEqualTo(5_150);
        assertThat(credits(vega) + credits(sol)).isZero();
        assertBalanced();
    }

    @Test
    void shouldFindWhoseNodeWasAwayWhenTheyWereSought() {
        mesh.dismiss(vega);
        pay(sol, 100);
        mesh.tick(60);
        assertThat(credits(sol)).isEqualTo(100);
        mesh.resume(vega);
        mesh.tick(60);
        assertThat(credits(vega)).isEqualTo(5_100);
        assertBalanced();
    }
}
