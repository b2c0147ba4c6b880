package dev.horizon.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.events.RegionStarted;
import dev.horizon.engine.host.PluginDescriptor;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.Position;
import dev.horizon.tools.config.ConfigLoader;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.config.Origin;
import dev.horizon.tools.config.Setting;
import dev.horizon.tools.mesh.FreePorts;
import dev.horizon.tools.node.CoordinatorProcess;
import dev.horizon.tools.node.MemberPorts;
import dev.horizon.tools.node.NodeProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose load is with few of its entities, and an operator who has its region cut. */
class MeshSplitTest {
    private static final int LIGHT = 300;
    private static final int HEAVY = 50;
    private static final int CREW = 9;

    /** Ships along x, 1 m apart; from 10,000 m on with crews, that take half and more of it all. */
    private final Plugin ships =
            registrar ->
                    registrar
                            .events()
                            .on(
                                    RegionStarted.class,
                                    (event, context) -> {
                                        for (int i = 0; i < LIGHT + HEAVY; i++) {
                                            boolean isHeavy = i >= LIGHT;
                                            EntityId ship =
                                                    context.world()
                                                            .create(
                                                                    new Position(
                                                                            isHeavy
                                                                                    ? 10_000 + i
                                                                                    : i,
                                                                            i % 2,
                                                                            0),
                                                                    new Motion(0, 0, 0, 0, 0, 0));
                                            for (int j = 0; isHeavy && j < CREW; j++) {
                                                context.world().create(new Parent(ship, 0, 0, 0));
                                            }
                                        }
                                    });

    @TempDir Path folder;
    private String member;
    private CoordinatorProcess coordinator;
    private NodeProcess node;

    @BeforeEach
    void start() throws IOException {
        member = "127.0.0.1:" + MemberPorts.free();
        coordinator = CoordinatorProcess.start(config("coordinator", 0));
        HorizonConfig config = config("node", FreePorts.inRow(folder.resolve("ports"), 1));
        PluginHost host = NodeProcess.host(config);
        host.add(ships, PluginDescriptor.of("ships", MeshSplitTest.class));
        node = NodeProcess.start(config, host);
    }

    @AfterEach
    void stop() {
        node.close();
        coordinator.close();
    }

    @Test
    void shouldCutThroughTheMiddleOfTheLoad() throws InterruptedException {
        node.awaitTicks(2);
        Console console = new Console();
        String[] line = {
            "mesh",
            "split",
            "1",
            "--members",
            member,
            "--key-file",
            folder.resolve("coordinator").resolve("mesh.key").toString()
        };
        assertThat(console.run(line)).as(console.err()).isEqualTo(ExitCode.OK);
        assertThat(console.out())
                .as("of 300 and 500 rows the last 40 ships have half")
                .contains("cut at x = 10310 m: above are 40 of 350 entities and 50 % of the load");
    }

    private HorizonConfig config(String name, int port) {
        List<Setting> settings =
                Stream.of(
                                "node.name=" + name,
                                "node.port=" + port,
                                "node.data-dir=" + folder.resolve(name),
                                "mesh.coordinators=" + member)
                        .map(MeshSplitTest::set)
                        .collect(java.util.stream.Collectors.toList());
        if (port != 0) {
            settings.add(set("mesh.key-file=" + folder.resolve("coordinator").resolve("mesh.key")));
        }
        return ConfigLoader.load(settings, Map.of(), null).config();
    }

    private static Setting set(String text) {
        int at = text.indexOf('=');
        String key = text.substring(0, at);
        return new Setting(key, text.substring(at + 1), new Origin.Flag("--set " + key));
    }
}
