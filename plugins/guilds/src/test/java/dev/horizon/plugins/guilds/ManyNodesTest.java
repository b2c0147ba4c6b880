package dev.horizon.plugins.guilds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.World;
import dev.horizon.plugins.economy.Account;
import dev.horizon.plugins.economy.Economy;
import dev.horizon.testkit.FakePlayer;
import dev.horizon.testkit.Mechanisms;
import dev.horizon.testkit.Props;
import dev.horizon.testkit.TestMesh;
import dev.horizon.testkit.TestWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Players who found, join, lead, pay and leave guilds by chance while they go from node to node,
 * log out and in, and nodes stop: once all is calm, all nodes must know the same, and it must make
 * sense. More with {@code -Dguilds.seeds=500}.
 */
class ManyNodesTest {
    private static final int SEEDS = Integer.getInteger("guilds.seeds", 12);
    private static final int STEPS = 150;
    private static final int CALM_TICKS = 120;
    private static final int NODES = 3;
    private static final long MONEY = 100_000_000;
    private static final Plugin BRIDGE =
            registrar -> registrar.events().on(PlayerConnected.class, Props::board);

    /** One galaxy of three nodes and eight players. */
    private static final class Galaxy implements AutoCloseable {
        private final SplittableRandom random;
        private final List<TestWorld> worlds = new ArrayList<>();
        private final List<FakePlayer> players = new ArrayList<>();
        private final TestMesh mesh;

        Galaxy(long seed, int threads) {
            random = new SplittableRandom(seed);
            for (int block = 1; block <= NODES; block++) {
                TestWorld world =
                        TestWorld.builder()
                                .plugin(Mechanisms.class)
                                .plugin(Economy.class)
                                .plugin(Guilds.class)
                                .plugin("bridge", BRIDGE)
                                .config("guilds", "founding-ticks", 60)
                                .config("guilds", "members-max", 5)
                                .threads(threads)
                                .idBlock(block)
                                .build();
                world.tick(3);
                worlds.add(world);
            }
            for (String name : List.of("Ada", "Bob", "Cem", "Dia", "Eve", "Fay", "Gil", "Hal")) {
                players.add(worlds.get(random.nextInt(NODES)).connect(name));
            }
            mesh = TestMesh.of(worlds.toArray(TestWorld[]::new));
        }

        /** True while the player is on a node, rather than on the way to one. */
        private static boolean isThere(FakePlayer player) {
            return player.isConnected() && player.world().world().exists(player.player().entity());
        }

        void run() {
            for (int i = 0; i < STEPS; i++) {
                FakePlayer player = players.get(random.nextInt(players.size()));
                if (isThere(player)) {
                    act(player);
                } else if (!player.isConnected()) {
                    player.clear();
                    player.connect();
                }
                if (random.nextInt(20) == 0) {
                    TestWorld world = worlds.get(random.nextInt(NODES));
                    switch (random.nextInt(3)) {
                        case 0 -> mesh.pause(world);
                        case 1 -> mesh.dismiss(world);
                        default -> worlds.forEach(mesh::resume);
                    }
                }
                mesh.tick(random.nextInt(12));
            }
            worlds.forEach(mesh::resume);
            mesh.tick(CALM_TICKS);
        }

        private void act(FakePlayer player) {
            FakePlayer other = players.get(random.nextInt(players.size()));
            int number = random.nextInt(4);
            switch (random.nextInt(11)) {
                case 0 ->
                        player.send(
                                "guilds",
                                "found",
                                new GuildEvents.Found("Guild " + number, "G" + number));
                case 1, 2 -> player.send("guilds", "invite", new GuildEvents.Invite(other.name()));
                case 3, 4, 5 -> {
                    List<GuildEvents.Invited> invited = player.received(GuildEvents.Invited.class);
                    if (!invited.isEmpty()) {
                        EntityId guild = invited.get(random.nextInt(invited.size())).guild();
                        player.send("guilds", "join", new GuildEvents.Join(guild));
                    }
                }
                case 6 -> player.send("guilds", "leave", new GuildEvents.Leave());
                case 7 -> {
                    Rank rank = Rank.values()[random.nextInt(Rank.values().length)];
                    player.send("guilds", "rank", new GuildEvents.SetRank(other.name(), rank));
                    player.send("guilds", "kick", new GuildEvents.Kick(other.name()));
                }
                case 8 ->
                        player.send(
                                "guilds", "pay", new GuildEvents.Pay(random.nextInt(-900, 900)));
                case 9 -> {
                    TestWorld to = worlds.get(random.nextInt(NODES));
                    EntityId ship =
                            player.world()
                                    .world()
                                    .find(Owner.class, player.player().id(), Position.class);
                    if (to != player.world() && ship != null) {
                        mesh.move(ship, player.world(), to);
                    }
                }
                default -> player.disconnect();
            }
        }

        /** What a node knows: guilds by id, with all that their members are. */
        private static TreeMap<Long, String> known(World world) {
            TreeMap<Long, String> known = new TreeMap<>();
            for (EntityId each : Members.all(world, Guild.class, guild -> true)) {
                Guild guild = world.read(each, Guild.class);
                assertThat(guild).isNotNull();
                String members =
                        Members.of(world, guild.id()).stream()
                                .map(member ->
                                        member.name()
                                                + " "
                                                + member.rank()
                                                + " at "
                                                + member.node())
                                .sorted()
                                .toList()
                                .toString();
                known.put(
                        guild.id().value(),
                        guild.name() + " " + guild.tag() + " " + guild.credits() + " " + members);
            }
            return known;
        }

        void assertSound() {
            TreeMap<Long, String> known = known(worlds.getFirst().world());
            long money = 0;
            for (TestWorld each : worlds) {
                World world = each.world();
                assertThat(known(world)).isEqualTo(known);
                assertThat(Members.all(world, Founding.class, founding -> true)).isEmpty();
                assertThat(Members.all(world, Reservation.class, reserved -> true)).isEmpty();
                for (Guild guild : Members.guildsOf(world, worlds.indexOf(each) + 1)) {
                    assertThat(world.read(guild.id(), Account.class))
                            .isEqualTo(new Account(guild.credits()));
                }
                for (EntityId account : Members.all(world, Account.class, held -> true)) {
                    Account held = world.read(account, Account.class);
                    money += held == null ? 0 : held.credits();
                }
            }
            assertThat(money).as("money of all nodes").isEqualTo(NODES * MONEY);
            assertMembers(worlds.getFirst().world());
            for (FakePlayer player : players) {
                assertTold(player);
            }
        }

        private void assertMembers(World world) {
            List<String> names = new ArrayList<>();
            for (EntityId each : Members.all(world, Guild.class, guild -> true)) {
                Guild guild = world.read(each, Guild.class);
                assertThat(guild).isNotNull();
                names.add(guild.name());
                assertThat(Members.of(world, guild.id()))
                        .hasSizeBetween(1, 5)
                        .filteredOn(member -> member.rank() == Rank.LEADER)
                        .hasSize(1);
            }
            assertThat(names).doesNotHaveDuplicates();
            assertThat(Members.members(world, member -> true))
                    .extracting(Membership::playerId)
                    .doesNotHaveDuplicates();
        }

        private void assertTold(FakePlayer player) {
            World world = player.world().world();
            Membership member = Members.of(world, player.player().id());
            if (member != null) {
                int node = player.isConnected() ? worlds.indexOf(player.world()) + 1 : 0;
                assertThat(member.node()).as(player.name()).isEqualTo(node);
            }
            List<GuildEvents.Roster> told = player.received(GuildEvents.Roster.class);
            if (player.isConnected() && (member != null || !told.isEmpty())) {
                Guild guild = member == null ? null : Members.guild(world, member.guild());
                assertThat(told.getLast().name())
                        .as(player.name())
                        .isEqualTo(guild == null ? "" : guild.name());
                assertThat(told.getLast().members())
                        .hasSize(guild == null ? 0 : Members.of(world, guild.id()).size());
            }
        }

        List<Long> hashes() {
            List<Long> hashes = new ArrayList<>();
            worlds.forEach(world -> hashes.addAll(world.hashes()));
            return hashes;
        }

        @Override
        public void close() {
            worlds.forEach(TestWorld::close);
        }
    }

    @Test
    void shouldBeDeterministic() {
        try (Galaxy one = new Galaxy(7, 1);
                Galaxy two = new Galaxy(7, 2)) {
            one.run();
            two.run();
            assertThat(two.hashes()).isEqualTo(one.hashes());
        }
    }

    @Test
    void shouldComeToTheSameEverywhere() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (Galaxy galaxy = new Galaxy(seed, 1)) {
                galaxy.run();
                galaxy.assertSound();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }
}
