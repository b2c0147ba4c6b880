package dev.horizon.tools.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.horizon.engine.world.EntityId;
import dev.horizon.net.client.Display;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.LiveReplica;
import dev.horizon.net.client.ServerEvent;
import dev.horizon.tools.node.NodeProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/sdk.md, run against a node. */
class SdkDocumentTest {
    private static final Pattern SCRIPT = Pattern.compile("```js\\R(.*?)```", Pattern.DOTALL);

    /** What the document leaves to the reader: a server, and when to draw. */
    private static final String BEFORE =
            """
            const server = process.env.SERVER;
            const taken = new Promise((resolve) => { globalThis.resolveTaken = resolve; });
            """;

    private static final String AFTER =
            """
            connection.addEventListener('message', ({ detail: { namespace, event, data } }) => {
              if (namespace === 'ship' && event === 'taken') globalThis.resolveTaken(data.ship);
            });
            const ship = await taken;
            const until = async (condition) => {
              for (let i = 0; i < 400; i++) {
                if (condition()) return;
                await new Promise((resolve) => { setTimeout(resolve, 50); });
              }
              console.error('waited in vain for ' + condition);
              process.exit(1);
            };
            await until(() => replica.find(ship) !== undefined);
            draw();
            steer({ ...idle, yaw: 0.1 });
            await until(() => drawOwn(ship) !== null && prediction.active);
            await until(() => ((replica.inputSequence - connection.sequence) | 0) >= 0);
            console.log('PASSED');
            process.exit(0);
            """;

    @TempDir private Path folder;

    @Test
    void shouldRunTheBrowsersExamples() throws Exception {
        assumeTrue(hasWebSocket(), "no node with WebSocket on the PATH");
        StringBuilder script = new StringBuilder();
        Matcher blocks = SCRIPT.matcher(Files.readString(Path.of("../docs/sdk.md")));
        while (blocks.find()) {
            script.append(blocks.group(1));
        }
        Path sdk = Path.of("../net-aeron/src/main/resources/horizon-sdk/horizon.js");
        String module = sdk.toRealPath().toUri().toString();
        Path file = folder.resolve("example.mjs");
        Files.writeString(
                file,
                BEFORE + script.toString().replace("'horizon-sdk'", "'" + module + "'") + AFTER);
        Path said = folder.resolve("said");
        try (NodeProcess node = DemoNode.start(folder.resolve("data"))) {
            ProcessBuilder run =
                    new ProcessBuilder("node", "--experimental-websocket", file.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(said.toFile());
            run.environment().put("SERVER", node.address().replaceAll("/$", ""));
            Process process = run.start();
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            process.destroyForcibly();
            assertThat(ended).as(Files.readString(said)).isTrue();
        }
        assertThat(said).content().contains("in view").contains("my ship is").contains("PASSED");
    }

    @Test
    void shouldRunTheExampleInJava() {
        try (NodeProcess node = DemoNode.start(folder.resolve("data"))) {
            assertThat(example(DemoNode.address(node))).isTrue();
        }
    }

    private static boolean example(URI server) {
        LiveReplica replica = new LiveReplica();
        String ticket = HorizonClient.ticket(server, "Grace");
        try (HorizonClient client = HorizonClient.connect(server, "Grace", ticket, replica)) {
            client.send("ship", "take", "{}");
            ServerEvent taken = client.await("ship", "taken", Duration.ofSeconds(20));
            EntityId ship = EntityId.parse(taken.data().path("ship").asString());
            replica.await(view -> view.find(ship) != null, Duration.ofSeconds(20));

            Display display = new Display(client.welcome().tickHz()).delayTicks(2);
            double[] place = new double[3];
            boolean shown =
                    replica.read(view -> display.place(view.find(ship), view.lastTick(), place));
            return shown && place[0] * place[0] + place[1] * place[1] > 1;
        }
    }

    private static boolean hasWebSocket() throws InterruptedException {
        try {
            return new ProcessBuilder(
                                    "node",
                                    "--experimental-websocket",
                                    "-e",
                                    "process.exit(typeof WebSocket === 'function' ? 0 : 1)")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
