package dev.horizon.tools.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.ServerEvent;
import dev.horizon.net.replay.TapeIndex;
import dev.horizon.schemas.ticklog.OverloadStepDecoder;
import dev.horizon.tools.tape.Installation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node for which all that ticks take is too much: its whole ladder, seen from outside. */
class OverloadedNodeTest {
    private static final Duration SOON = Duration.ofSeconds(120);

    @TempDir Path folder;

    @Test
    void shouldClimbTheLadderTellEverybodyAndComeToTheSameFromItsTape() throws Exception {
        Installation horizon = new Installation(folder);
        Path data = folder.resolve("data");
        List<String> up =
                List.of(
                        "up",
                        "--port=0",
                        "--data-dir=" + data,
                        "--plugin-dir=" + horizon.plugins(),
                        "--set=plugins.sol.ships=100",
                        "--set=plugins.sol.objects=300",
                        "--set=node.tick-hz=120",
                        "--set=overload.raise-percent=2",
                        "--set=overload.lower-percent=1",
                        "--set=overload.warm-up-seconds=0");
        try (UpProcess node = UpProcess.start(horizon.command(up))) {
            String ticket = HorizonClient.ticket(node.address(), "Ada");
            try (HorizonClient ada = HorizonClient.connect(node.address(), "Ada", ticket)) {
                String step = "";
                double rate = 1;
                while (!step.equals("time-dilated") || rate == 1) {
                    ServerEvent told = ada.await("session", "overload", SOON);
                    step = told.data().path("step").asString();
                    rate = told.data().path("timeRate").asDouble();
                }
                await(node, "horizon_overload_step", 4);
                assertThat(node.metric("horizon_time_rate")).isBetween(0.1, 0.9);
                JsonNode health = node.get("/health");
                assertThat(health.path("healthy").asBoolean()).isTrue();
                assertThat(health.path("overload").asString()).isEqualTo("time-dilated");
                assertThat(health.path("timeRate").asDouble()).isBetween(0.1, 0.9);
            }
        }
        TapeFile tape = TapeFile.list(data).getLast();
        TapeIndex index = TapeIndex.of(tape);
        assertThat(
                        LongStream.rangeClosed(index.firstTick(), index.lastTick())
                                .filter(t -> index.hasInput(t, OverloadStepDecoder.TEMPLATE_ID))
                                .count())
                .isGreaterThanOrEqualTo(4);
        JsonNode verified = replay(horizon, "verify", "--data-dir=" + data, "--json");
        assertThat(verified.path("difference").isNull()).as("%s", verified).isTrue();
        JsonNode inputs =
                replay(horizon, "inputs", "--data-dir=" + data, "--json", "--limit=100000");
        assertThat(inputs.toString())
                .contains("overload far-tiers-slower at a load of")
                .contains("overload time-dilated at a load of");
    }

    private static void await(UpProcess node, String metric, double value) throws Exception {
        long last = System.nanoTime() + TimeUnit.SECONDS.toNanos(SOON.toSeconds());
        while (node.metric(metric) != value) {
            assertThat(System.nanoTime()).as(metric).isLessThan(last);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static JsonNode replay(Installation horizon, String verb, String... options)
            throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("replay", verb));
        command.addAll(List.of(options));
        Process process =
                horizon.command(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return new JsonMapper().readTree(out);
    }
}
