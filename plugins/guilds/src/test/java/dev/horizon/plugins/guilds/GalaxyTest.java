package dev.horizon.plugins.guilds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.Position;
import dev.horizon.plugins.economy.Bank;
import dev.horizon.plugins.economy.Economy;
import dev.horizon.plugins.guilds.GuildEvents.Roster;
import dev.horizon.testkit.FakePlayer;
import dev.horizon.testkit.Mechanisms;
import dev.horizon.testkit.Props;
import dev.horizon.testkit.TestMesh;
import dev.horizon.testkit.TestWorld;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Guilds whose members are on several nodes. */
class GalaxyTest {
    private final TestWorld sol = world(1);
    private final TestWorld vega = world(2);
    private final TestWorld mira = world(3);
    private final FakePlayer ada = sol.connect("Ada");
    private final FakePlayer eve = vega.connect("Eve");
    private final FakePlayer bob = mira.connect("Bob");
    private final TestMesh mesh = TestMesh.of(sol, vega, mira);

    private static final Plugin BRIDGE =
            registrar -> registrar.events().on(PlayerConnected.class, Props::board);

    private static TestWorld world(int idBlock) {
        TestWorld world =
                TestWorld.builder()
                        .plugin(Mechanisms.class)
                        .plugin(Economy.class)
                        .plugin(Guilds.class)
                        .plugin("bridge", BRIDGE)
                        .config("guilds", "founding-ticks", 100)
                        .idBlock(idBlock)
                        .build();
        world.tick(3);
        return world;
    }

    @AfterEach
    void close() {
        sol.close();
        vega.close();
        mira.close();
    }

    private static EntityId ship(FakePlayer player) {
        EntityId ship =
                player.world().world().find(Owner.class, player.player().id(), Position.class);
        assertThat(ship).isNotNull();
        return ship;
    }

    private void join(FakePlayer leader, FakePlayer guest) {
        leader.send("guilds", "invite", new GuildEvents.Invite(guest.name()));
        mesh.tick(5);
        EntityId guild = guest.received(GuildEvents.Invited.class).getLast().guild();
        guest.send("guilds", "join", new GuildEvents.Join(guild));
        mesh.tick(45);
    }

    private void foundAndJoin() {
        ada.send("guilds", "found", new GuildEvents.Found("Void Traders", "vt"));
        mesh.tick(45);
        join(ada, eve);
        join(ada, bob);
    }

    private static Roster roster(FakePlayer player) {
        return player.received(Roster.class).getLast();
    }

    private static long credits(TestWorld world, FakePlayer player) {
        EntityId account = Bank.accountOf(world.world(), player.player().id());
        assertThat(account).isNotNull();
        return Bank.credits(world.world(), account);
    }

    private static GuildEvents.Member member(String name, Rank rank) {
        return new GuildEvents.Member(name, rank, true);
    }

    private void assertBalanced() {
        for (TestWorld world : List.of(sol, vega, mira)) {
            assertThat(world.command("economy:ledger")).contains("BALANCED");
        }
    }

    @Test
    void shouldBeOneGuildForPlayersOfAllNodes() {
        foundAndJoin();
        for (FakePlayer each : List.of(ada, eve, bob)) {
            assertThat(each.refusals()).isEmpty();
            assertThat(roster(each).name()).isEqualTo("Void Traders");
            assertThat(roster(each).members())
                    .containsExactly(
                            member("Ada", Rank.LEADER),
                            member("Eve", Rank.MEMBER),
                            member("Bob", Rank.MEMBER));
        }
        bob.send("guilds", "say", new GuildEvents.Say("hello all"));
        eve.send("guilds", "pay", new GuildEvents.Pay(500));
        mesh.tick(45);
        for (FakePlayer each : List.of(ada, eve, bob)) {
            assertThat(each.received(GuildEvents.Said.class))
                    .containsExactly(new GuildEvents.Said("Bob", "hello all"));
            assertThat(roster(each).credits()).isEqualTo(1_500);
        }
        ada.send("guilds", "rank", new GuildEvents.SetRank("Eve", Rank.LEADER));
        mesh.tick(45);
        eve.send("guilds", "kick", new GuildEvents.Kick("Bob"));
        eve.send("guilds", "pay", new GuildEvents.Pay(-200));
        mesh.tick(45);
        assertThat(roster(bob).name()).isEmpty();
        assertThat(roster(ada).members())
                .containsExactly(member("Ada", Rank.OFFICER), member("Eve", Rank.LEADER));
        assertThat(credits(vega, eve)).isEqualTo(4_700);
        ada.send("guilds", "leave", new GuildEvents.Leave());
        mesh.tick(45);
        eve.send("guilds", "leave", new GuildEvents.Leave());
        mesh.tick(45);
        assertThat(credits(vega, eve)).isEqualTo(6_000);
        assertThat(roster(eve).name()).isEmpty();
        assertBalanced();
    }

    @Test
    void shouldFollowWhoCrossesToAnotherNode() {
        foundAndJoin();
        mesh.move(ship(eve), vega, mira);
        mesh.tick(65);
        assertThat(eve.world()).isSameAs(mira);
        assertThat(mira.world().read(ship(eve), GuildTag.class)).isEqualTo(new GuildTag("VT"));
        for (FakePlayer each : List.of(ada, eve, bob)) {
            assertThat(roster(each).members())
                    .containsExactly(
                            member("Ada", Rank.LEADER),
                            member("Eve", Rank.MEMBER),
                            member("Bob", Rank.MEMBER));
        }
        eve.clear();
        ada.send("guilds", "say", new GuildEvents.Say("where are you?"));
        eve.send("guilds", "pay", new GuildEvents.Pay(5_000));
        mesh.tick(45);
        assertThat(eve.refusals()).isEmpty();
        assertThat(eve.received(GuildEvents.Said.class)).hasSize(1);
        assertThat(roster(eve).credits()).isEqualTo(6_000);
        eve.disconnect();
        mesh.tick(45);
        assertThat(roster(ada).members())
                .contains(new GuildEvents.Member("Eve", Rank.MEMBER, false));
        assertBalanced();
    }

    @Test
    void shouldTellOfAllWhoeverWasAway() {
        mesh.tick(25);
        mesh.dismiss(mira);
        ada.send("guilds", "found", new GuildEvents.Found("Void Traders", "VT"));
        mesh.tick(45);
        join(ada, eve);
        mesh.resume(mira);
        mesh.tick(45);
        join(ada, bob);
        assertThat(roster(bob).members()).hasSize(3);
        mesh.dismiss(mira);
        ada.send("guilds", "kick", new GuildEvents.Kick("Eve"));
        mesh.tick(45);
        mesh.resume(mira);
        mesh.tick(45);
        assertThat(roster(bob).members())
                .containsExactly(member("Ada", Rank.LEADER), member("Bob", Rank.MEMBER));

        mesh.dismiss(sol);
        mesh.tick(2);
        bob.send("guilds", "leave", new GuildEvents.Leave());
        mesh.tick(2);
        assertThat(bob.refusals()).singleElement().asString().startsWith("HZ-GLD-016");
        assertThat(mira.command("guilds:forget 1")).isEqualTo("guilds forgotten: 1");
        mesh.tick(45);
        assertThat(roster(bob).name()).isEmpty();
        assertThat(vega.command("guilds:forget 1")).isEqualTo("guilds forgotten: 0");
    }

    @Test
    void shouldGiveUpWhatNotAllNodesHaveAnswered() {
        mesh.pause(mira);
        ada.send("guilds", "found", new GuildEvents.Found("Void Traders", "VT"));
        mesh.tick(50);
        assertThat(credits(sol, ada)).isEqualTo(4_000);
        mesh.tick(80);
        assertThat(ada.received(GuildEvents.Denied.class))
                .singleElement()
                .satisfies(denied -> assertThat(denied.code()).isEqualTo("HZ-GLD-017"));
        assertThat(credits(sol, ada)).isEqualTo(5_000);
        mesh.resume(mira);
        mesh.tick(45);
        bob.send("guilds", "found", new GuildEvents.Found("Void Traders", "VT"));
        mesh.tick(45);
        assertThat(roster(bob).name()).isEqualTo("Void Traders");
        assertBalanced();
    }

    @Test
    void shouldFoundOneOfAName() {
        ada.send("guilds", "found", new GuildEvents.Found("Void Traders", "AB"));
        mesh.tick(30);
        eve.send("guilds", "found", new GuildEvents.Found("void traders", "CD"));
        bob.send("guilds", "found", new GuildEvents.Found("Others", "ab"));
        mesh.tick(30);
        for (FakePlayer each : List.of(eve, bob)) {
            assertThat(each.refusals()).singleElement().asString().startsWith("HZ-GLD-003");
        }
        eve.send("guilds", "found", new GuildEvents.Found("Moment", "M1"));
        bob.send("guilds", "found", new GuildEvents.Found("moment", "M2"));
        mesh.tick(30);
        assertThat(
                        eve.received(GuildEvents.Denied.class).size()
                                + bob.received(GuildEvents.Denied.class).size())
                .as("at most one of two at one moment")
                .isPositive();
        assertThat(eve.received(Roster.class).size() + bob.received(Roster.class).size())
                .isLessThan(2);
        mesh.tick(30);
        eve.send("guilds", "found", new GuildEvents.Found("Later", "LT"));
        mesh.tick(45);
        assertBalanced();
    }
}
