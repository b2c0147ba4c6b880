package dev.horizon.plugins.guilds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.horizon.ecs.gates.Gate;
import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.identity.Identity;
import dev.horizon.ecs.identity.ShipType;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Jump;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Position;
import dev.horizon.plugins.economy.Bank;
import dev.horizon.plugins.economy.Economy;
import dev.horizon.plugins.guilds.GuildEvents.Roster;
import dev.horizon.testkit.Determinism;
import dev.horizon.testkit.FakePlayer;
import dev.horizon.testkit.Mechanisms;
import dev.horizon.testkit.Props;
import dev.horizon.testkit.TestWorld;
import dev.horizon.testkit.TestWorldBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuildsTest {
    private static TestWorldBuilder builder() {
        return TestWorld.builder()
                .plugin(Mechanisms.class)
                .plugin(Economy.class)
                .plugin(Guilds.class);
    }

    private static void found(TestWorld world, FakePlayer leader) {
        leader.send("guilds", "found", new GuildEvents.Found("Void Traders", "vt"));
        world.tick(21);
    }

    private static void join(TestWorld world, FakePlayer leader, FakePlayer guest) {
        leader.send("guilds", "invite", new GuildEvents.Invite(guest.name()));
        world.tick(1);
        EntityId guild = guest.received(GuildEvents.Invited.class).getLast().guild();
        guest.send("guilds", "join", new GuildEvents.Join(guild));
        world.tick(21);
    }

    private static long credits(TestWorld world, FakePlayer player) {
        EntityId account = Bank.accountOf(world.world(), player.player().id());
        assertThat(account).isNotNull();
        return Bank.credits(world.world(), account);
    }

    private static List<String> codes(FakePlayer player) {
        return player.refusals().stream().map(refusal -> refusal.substring(0, 10)).toList();
    }

    @Test
    void shouldFoundInvitePromoteAndPassOn() {
        try (TestWorld world = builder().build()) {
            world.tick(3);
            FakePlayer ada = world.connect("Ada");
            FakePlayer eve = world.connect("Eve");
            EntityId ship = Props.ship(world.world(), ada, 0, 0, 0);
            found(world, ada);
            join(world, ada, eve);
            Roster roster = eve.received(Roster.class).getLast();
            assertThat(roster.name()).isEqualTo("Void Traders");
            assertThat(roster.credits()).isEqualTo(1_000);
            assertThat(roster.members())
                    .containsExactly(
                            new GuildEvents.Member("Ada", Rank.LEADER, true),
                            new GuildEvents.Member("Eve", Rank.MEMBER, true));
            assertThat(world.world().read(ship, GuildTag.class)).isEqualTo(new GuildTag("VT"));

            eve.send("guilds", "pay", new GuildEvents.Pay(500));
            eve.send("guilds", "pay", new GuildEvents.Pay(-500));
            ada.send("guilds", "leave", new GuildEvents.Leave());
            world.tick(21);
            assertThat(codes(eve)).containsExactly("HZ-GLD-005");
            assertThat(eve.received(Roster.class).getLast().members())
                    .containsExactly(new GuildEvents.Member("Eve", Rank.LEADER, true));
            assertThat(ada.received(Roster.class).getLast().name()).isEmpty();
            assertThat(world.world().read(ship, GuildTag.class)).isNull();

            eve.send("guilds", "leave", new GuildEvents.Leave());
            world.tick(2);
            assertThat(credits(world, eve)).isEqualTo(6_000);
            assertThat(world.command("economy:ledger")).contains("BALANCED");
        }
    }

    @Test
    void shouldKeepItsMembersWhileTheyAreAway() {
        try (TestWorld world = builder().build()) {
            world.tick(3);
            FakePlayer ada = world.connect("Ada");
            FakePlayer eve = world.connect("Eve");
            found(world, ada);
            join(world, ada, eve);
            eve.disconnect();
            world.tick(21);
            assertThat(ada.received(Roster.class).getLast().members())
                    .contains(new GuildEvents.Member("Eve", Rank.MEMBER, false));
            eve.clear();
            eve.connect();
            world.tick(21);
            assertThat(eve.received(Roster.class).getLast().name()).isEqualTo("Void Traders");
            ada.send("guilds", "say", new GuildEvents.Say("welcome back"));
            ada.send("guilds", "kick", new GuildEvents.Kick("Eve"));
            world.tick(21);
            assertThat(eve.received(GuildEvents.Said.class))
                    .containsExactly(new GuildEvents.Said("Ada", "welcome back"));
            assertThat(eve.received(Roster.class).getLast().name()).isEmpty();
        }
    }

    @Test
    void shouldRefuseWhatRankNameOrMoneyDontAllow() {
        try (TestWorld world = builder().build()) {
            world.tick(3);
            FakePlayer ada = world.connect("Ada");
            FakePlayer eve = world.connect("Eve");
            ada.send("guilds", "found", new GuildEvents.Found("x", "VT"));
            ada.send("guilds", "say", new GuildEvents.Say("alone"));
            world.tick(1);
            found(world, ada);
            ada.send("guilds", "found", new GuildEvents.Found("Second One", "SO"));
            ada.send("guilds", "pay", new GuildEvents.Pay(Long.MIN_VALUE));
            ada.send("guilds", "pay", new GuildEvents.Pay(0));
            ada.send("guilds", "invite", new GuildEvents.Invite("Nobody"));
            ada.send("guilds", "kick", new GuildEvents.Kick("Ada"));
            ada.send("guilds", "form", new GuildEvents.Form(Formation.LINE, 200));
            world.tick(1);
            assertThat(codes(ada))
                    .containsExactly(
                            "HZ-GLD-002",
                            "HZ-GLD-005",
                            "HZ-GLD-001",
                            "HZ-GLD-010",
                            "HZ-GLD-010",
                            "HZ-GLD-006",
                            "HZ-GLD-009",
                            "HZ-GLD-012");
            eve.send("guilds", "found", new GuildEvents.Found("void traders", "XX"));
            eve.send("guilds", "join", new GuildEvents.Join(new EntityId(77)));
            world.tick(1);
            assertThat(codes(eve)).containsExactly("HZ-GLD-003", "HZ-GLD-008");
        }
    }

    private static Position place(TestWorld world, EntityId entity) {
        Position position = world.world().read(entity, Position.class);
        assertThat(position).isNotNull();
        return position;
    }

    private static EntityId gate(TestWorld world, double x) {
        return world.world()
                .create(
                        new Position(x, 0, 0),
                        new Motion(0, 0, 0, 0, 0, 0),
                        new Identity(Faction.NONE, ShipType.GATE, "gate"));
    }

    @Test
    void shouldFlyAndJumpInFormation() {
        try (TestWorld world = builder().build()) {
            gate(world, 2_000);
            EntityId far = gate(world, 5_000_000);
            world.tick(3);
            FakePlayer ada = world.connect("Ada");
            FakePlayer eve = world.connect("Eve");
            FakePlayer bob = world.connect("Bob");
            EntityId flag = Props.ship(world.world(), ada, 0, 0, 0);
            EntityId eves = Props.ship(world.world(), eve, -3_000, 0, 0);
            EntityId bobs = Props.ship(world.world(), bob, -3_000, 900, 0);
            found(world, ada);
            join(world, ada, eve);
            ada.send("guilds", "form", new GuildEvents.Form(Formation.LINE, 300));
            world.tick(600);
            assertThat(eve.received(GuildEvents.Fleet.class))
                    .containsExactly(new GuildEvents.Fleet(flag, List.of(flag, eves)));
            Position beside = place(world, eves);
            assertThat(Math.hypot(beside.x(), beside.y() - 300)).isLessThan(60);
            assertThat(world.world().read(bobs, Wing.class)).isNull();

            ada.send("guilds", "jump", new GuildEvents.Jump(far));
            world.tick(1);
            assertThat(ada.refusals()).isEmpty();
            assertThat(place(world, flag).x()).isEqualTo(4_998_000, within(100.0));
            Position after = place(world, eves);
            assertThat(Math.hypot(after.x() - place(world, flag).x(), after.y() - 300))
                    .isLessThan(60);
            assertThat(place(world, bobs).x()).isLessThan(0);
            EntityId star =
                    world.world()
                            .create(new Position(4_999_000, 0, 0), new Gate("vega", 0, 0, 120_000));
            world.tick(1);
            ada.send("guilds", "jump", new GuildEvents.Jump(star));
            world.tick(1);
            Jump flags = world.world().read(flag, Jump.class);
            Jump wings = world.world().read(eves, Jump.class);
            assertThat(flags.starSystem()).isEqualTo("vega");
            assertThat(flags.z()).isEqualTo(120_000 + place(world, flag).z(), within(100.0));
            assertThat(wings.with()).isEqualTo(flag);
            assertThat(world.world().read(bobs, Jump.class)).isNull();

            ada.send("guilds", "jump", new GuildEvents.Jump(EntityId.NONE));
            ada.send("guilds", "disband", new GuildEvents.Disband());
            world.tick(1);
            assertThat(codes(ada)).containsExactly("HZ-GLD-015");
            assertThat(world.world().read(eves, Wing.class)).isNull();
        }
    }

    @Test
    void shouldReplayToTheSameBits() {
        assertThat(
                        Determinism.check(
                                GuildsTest::builder,
                                world -> {
                                    world.tick(3);
                                    FakePlayer ada = world.connect("Ada");
                                    FakePlayer eve = world.connect("Eve");
                                    Props.ship(world.world(), ada, 0, 0, 0);
                                    Props.ship(world.world(), eve, -500, 0, 0);
                                    found(world, ada);
                                    join(world, ada, eve);
                                    ada.send(
                                            "guilds",
                                            "form",
                                            new GuildEvents.Form(Formation.WEDGE, 200));
                                    world.tick(50);
                                }))
                .hasSizeGreaterThan(90);
    }
}
