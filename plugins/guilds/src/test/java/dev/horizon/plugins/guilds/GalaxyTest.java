package dev.horizon.plugins.guilds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.world.EntityId;
import dev.horizon.plugins.economy.Bank;
import dev.horizon.plugins.economy.Economy;
import dev.horizon.plugins.guilds.GuildEvents.Roster;
import dev.horizon.testkit.FakePlayer;
import dev.horizon.testkit.Mechanisms;
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

    private static TestWorld world(int idBlock) {
        TestWorld world =
                TestWorld.builder()
                        .plugin(Mechanisms.class)
                        .plugin(Economy.class)
                        .plugin(Guilds.class)
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
