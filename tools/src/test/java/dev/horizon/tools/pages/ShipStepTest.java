package dev.horizon.tools.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.horizon.ecs.flight.FlightModel;
import dev.horizon.engine.world.Attitude;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.Region;
import dev.horizon.plugins.sol.ShipEvents;
import dev.horizon.plugins.sol.SolPlugin;
import dev.horizon.testkit.FakePlayer;
import dev.horizon.testkit.TestWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The page predicts the own ship by the same integration that the node flies it with. */
class ShipStepTest {
    private static final int TICKS = 300;
    private static final long SEED = 20_261_122L;

    private static final String SCRIPT =
            """
            import { readFileSync } from 'node:fs';
            import { pathToFileURL } from 'node:url';
            const [, , page, flown] = process.argv;
            const { flightStep } = await import(pathToFileURL(page).href);
            const { model, path } = JSON.parse(readFileSync(flown, 'utf8'));
            const step = flightStep((name) => (name === 'FlightModel' ? model : undefined));
            const state = { ...path[0].state };
            let metres = 0;
            let turned = 0;
            for (const { controls, state: said } of path.slice(1)) {
              step(state, controls, 0.05);
              metres = Math.max(
                metres, Math.hypot(state.x - said.x, state.y - said.y, state.z - said.z));
              turned = Math.max(turned, ...['qx', 'qy', 'qz', 'qw'].map(
                (part) => Math.abs(state[part] - said[part])));
            }
            console.log(JSON.stringify({ metres, turned }));
            """;

    @TempDir private Path folder;

    @Test
    void shouldFlyAsTheNodeDoes() throws Exception {
        assumeTrue(hasNode(), "no node on the PATH: the browser tests cover the page");
        Path flown = folder.resolve("flown.json");
        Files.writeString(flown, JsonMapper.shared().writeValueAsString(fly()));
        Path script = Files.writeString(folder.resolve("step.mjs"), SCRIPT);
        Path page =
                Files.copy(Path.of("src/main/resources/pages/ship.js"), folder.resolve("ship.mjs"));
        Process run =
                new ProcessBuilder("node", script.toString(), page.toString(), flown.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(run.exitValue()).as(said).isZero();
        var apart = JsonMapper.shared().readTree(said);
        assertThat(apart.path("metres").asDouble(9)).as("seed %d", SEED).isLessThan(0.05);
        assertThat(apart.path("turned").asDouble(9)).as("seed %d", SEED).isLessThan(1e-4);
    }

    /** Fifteen seconds by hand, with a new stick position every half second. */
    private static Map<String, Object> fly() {
        List<Map<String, Object>> path = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(SEED);
        try (TestWorld world =
                TestWorld.builder()
                        .plugin("sol", new SolPlugin())
                        .seed(SEED)
                        .config("sol", "seed", SEED)
                        .config("sol", "ships", 20)
                        .config("sol", "objects", 100)
                        .region(new Region(1, "sol", 1, -1e9, -1e9, -1e9, 1e9, 1e9, 1e9))
                        .build()) {
            FakePlayer ada = world.connect("Ada");
            world.tick(2);
            ada.send("ship", "take", new ShipEvents.TakeShip());
            world.tick(2);
            EntityId ship = ada.received(ShipEvents.ShipTaken.class).getFirst().ship();
            path.add(Map.of("state", state(world, ship)));
            ShipEvents.Controls controls = stick(random);
            for (int tick = 0; tick < TICKS; tick++) {
                if (tick % 10 == 0) {
                    controls = stick(random);
                    ada.send("ship", "controls", controls);
                }
                world.tick(1);
                path.add(Map.of("controls", demands(controls), "state", state(world, ship)));
            }
            FlightModel model = world.world().read(ship, FlightModel.class);
            assertThat(model).isNotNull();
            return Map.of("model", model, "path", path);
        }
    }

    private static ShipEvents.Controls stick(SplittableRandom random) {
        float[] axes = new float[6];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = random.nextInt(3) == 0 ? 0 : (float) random.nextDouble(-1, 1);
        }
        return new ShipEvents.Controls(
                axes[0], axes[1], axes[2], axes[3], axes[4], axes[5], false, EntityId.NONE);
    }

    private static Map<String, Object> demands(ShipEvents.Controls controls) {
        return Map.of(
                "thrustX", controls.thrustX(),
                "thrustY", controls.thrustY(),
                "thrustZ", controls.thrustZ(),
                "roll", controls.roll(),
                "pitch", controls.pitch(),
                "yaw", controls.yaw());
    }

    private static Map<String, Object> state(TestWorld world, EntityId ship) {
        Position at = world.world().read(ship, Position.class);
        Motion moves = world.world().read(ship, Motion.class);
        Attitude turns = world.world().read(ship, Attitude.class);
        assertThat(at).isNotNull();
        assertThat(moves).isNotNull();
        assertThat(turns).isNotNull();
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("x", at.x());
        state.put("y", at.y());
        state.put("z", at.z());
        state.put("vx", moves.vx());
        state.put("vy", moves.vy());
        state.put("vz", moves.vz());
        state.put("qx", turns.qx());
        state.put("qy", turns.qy());
        state.put("qz", turns.qz());
        state.put("qw", turns.qw());
        state.put("wx", turns.wx());
        state.put("wy", turns.wy());
        state.put("wz", turns.wz());
        return state;
    }

    private static boolean hasNode() throws InterruptedException {
        try {
            return new ProcessBuilder("node", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
