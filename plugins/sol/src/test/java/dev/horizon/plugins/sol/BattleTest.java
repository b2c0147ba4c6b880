package dev.horizon.plugins.sol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.identity.Identity;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Position;
import dev.horizon.testkit.FakePlayer;
import dev.horizon.testkit.TestWorld;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BattleTest {
    private static final double REACH_METRES = 10_000;
    private static final SolConfig CONFIG = new SolConfig(4, 40, 200, 1_000, 120, "");

    private static TestWorld world() {
        return Sol.of(CONFIG.ships(), CONFIG.objects(), CONFIG.seed())
                .config("sol", "battle-ships", CONFIG.battleShips())
                .build();
    }

    private static double metresFromMiddle(TestWorld world, EntityId ship) {
        Position at = Sol.read(world, ship, Position.class);
        return Place.still(at.x(), at.y(), at.z()).distanceTo(Battle.middle(CONFIG));
    }

    private static List<EntityId> fighting(TestWorld world) {
        return Sol.all(world, Sol::isShip).stream()
                .filter(ship -> metresFromMiddle(world, ship) < REACH_METRES)
                .toList();
    }

    @Test
    void shouldKeepTwoSidesTogether() {
        try (TestWorld world = world()) {
            world.tick(1);
            List<EntityId> first = fighting(world);
            assertThat(first).hasSize(CONFIG.battleShips());
            assertThat(first)
                    .extracting(ship -> Sol.read(world, ship, Identity.class).faction())
                    .containsOnly(Faction.CONCORD, Faction.SYNDICATE);

            world.tick(600);
            List<EntityId> coming = new ArrayList<>();
            world.world().forEach(Reinforcement.class, coming::add);
            assertThat(fighting(world).size() + coming.size())
                    .isGreaterThanOrEqualTo(CONFIG.battleShips() * 9 / 10);
        }
    }

    @Test
    void shouldLetPlayersTakeTheirShipInTheBattle() {
        try (TestWorld world = world()) {
            world.tick(1);
            FakePlayer ada = world.connect("Ada");
            world.tick(1);
            ada.send("ship", "take", new ShipEvents.TakeShip());
            world.tick(2);
            EntityId ship = ada.received(ShipEvents.ShipTaken.class).getFirst().ship();
            assertThat(metresFromMiddle(world, ship)).isLessThan(2_000);
        }
    }
}
