package dev.horizon.tools.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.replay.TapeIndex;
import dev.horizon.schemas.ticklog.DilationDecoder;
import dev.horizon.schemas.ticklog.SessionClosedDecoder;
import dev.horizon.schemas.ticklog.SessionEventDecoder;
import dev.horizon.tools.tape.Installation;
import dev.horizon.tools.tape.SourceJar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tapes of a node under soak, run again by fresh processes from disk alone. Players fly, talk, log
 * out, lose their connections and come back; a plugin throws, an operator lets it run again and
 * replaces it by another version; slow work tells the time; cells split; the recorder lags, so that
 * time runs slower; the node is killed, and goes on.
 *
 * <p>For longer, and to keep the folder: {@code -Dhorizon.soak-seconds=3600
 * -Dhorizon.soak-players=50 -Dhorizon.soak-dir=/data/soak -Dhorizon.soak-seed=7}.
 */
class SoakTapeTest {
    private static final int SECONDS = Integer.getInteger("horizon.soak-seconds", 8);
    private static final int PLAYERS = Integer.getInteger("horizon.soak-players", 4);
    private static final long SEED = Long.getLong("horizon.soak-seed", new Random().nextLong());
    private static final @Nullable String KEPT = System.getProperty("horizon.soak-dir");
    private static final String STUMBLE = "mishap/stumble";
    private static final long PACE_NANOS = 50_000_000;
    private static final int WAIT_SECONDS_MAX = 180;
    private static final int VERIFY_SECONDS_MAX = 120 + 2 * SECONDS;

    /** What the tapes have to have, beside what every run has. */
    private static final List<String> READ =
            List.of(
                    "new",
                    "resumed",
                    "logout",
                    "event",
                    "command",
                    "dilation",
                    "missed",
                    "async",
                    "plugins");

    private static final Pattern LOGIN = Pattern.compile("login .* (\\w+) session .*");

    private static final String SOURCE =
            """
            package com.example.mishap;

            import dev.horizon.engine.events.TickStarted;
            import dev.horizon.engine.plugin.AsyncTask;
            import dev.horizon.engine.plugin.Plugin;
            import dev.horizon.engine.plugin.Registrar;
            import dev.horizon.engine.systems.Access;
            import dev.horizon.engine.systems.Stage;
            import dev.horizon.engine.systems.SystemSpec;
            import dev.horizon.engine.world.Position;
            import dev.horizon.engine.world.PositionColumn;

            public final class Mishap implements Plugin {
                public record Question(long tick) {}

                public record Answer(long nanos) {}

                static final class Clock implements AsyncTask<Question, Answer> {
                    @Override
                    public Answer run(Question question) {
                        return new Answer(System.nanoTime());
                    }
                }

                @Override
                public void setup(Registrar r) {
                    r.async(Question.class, Answer.class, new Clock());
                    r.events().on(TickStarted.class, (event, context) -> {
                        if (context.tick().number() % 10 == 0) {
                            context.async(new Question(context.tick().number()));
                        }
                    });
                    r.events().onPlugin(Answer.class, (answer, context) ->
                            context.world().create(new Position(answer.nanos(), STEP, 0)));
                    r.system(SystemSpec.of("stumble", Stage.UPKEEP,
                            Access.none().writing(PositionColumn.TYPE), (rows, tick) -> {
                                rows.write(PositionColumn.TYPE).x[rows.from()] += STEP;
                                if (tick.number() % 40 == 30) {
                                    throw new IllegalStateException("planted");
                                }
                            }));
                }

                private static final int STEP = ${STEP};
            }
            """;

    /** In what plugins are said to have done. */
    private static final Pattern REPLAY =
            Pattern.compile("\\./horizon (replay seek \\d+ --data-dir \\S+ --tape \\d+)");

    @TempDir Path temporary;
    private Path data;
    private Installation horizon;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<SoakPlayer> players = new ArrayList<>();
    private boolean isSplit;
    private int lifted;
    private int versions = 1;
    private List<String> moment = List.of();

    @Test
    void shouldComeToTheSameFromTheTapesOfANodeUnderSoak() throws Exception {
        System.out.printf("soak of %d s, %d players, seed %d%n", SECONDS, PLAYERS, SEED);
        data = KEPT == null ? temporary.resolve("data") : Path.of(KEPT);
        horizon = new Installation(temporary);
        build(1);
        for (int i = 0; i < PLAYERS; i++) {
            players.add(new SoakPlayer("Player " + i, random.split()));
        }
        try {
            try (UpProcess node = start()) {
                soak(
                        node,
                        () ->
                                isSplit
                                        && lifted > 0
                                        && isOnTape(SessionEventDecoder.TEMPLATE_ID)
                                        && isOnTape(SessionClosedDecoder.TEMPLATE_ID));
                lag(node);
                node.kill();
            }
            long seen = players.stream().mapToLong(SoakPlayer::seen).max().orElseThrow();
            try (UpProcess node = start()) {
                assertThat(node.comebackTick()).as("seed %d", SEED).isGreaterThanOrEqualTo(seen);
                int before = comebacks();
                soak(node, () -> comebacks() > before);
            }
        } finally {
            players.forEach(SoakPlayer::close);
        }
        verify();
    }

    private int comebacks() {
        return players.stream().mapToInt(SoakPlayer::comebacks).sum();
    }

    /** Another version of the plugin, whole in its place. */
    private void build(int step) throws IOException {
        Path jar =
                SourceJar.make(
                        temporary,
                        "mishap-" + step,
                        "mishap",
                        "com.example.mishap.Mishap",
                        SOURCE.replace("${STEP}", Integer.toString(step)));
        Files.move(
                jar,
                horizon.plugins().resolve("mishap.jar"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }

    private UpProcess start() throws IOException, InterruptedException {
        return UpProcess.start(
                horizon.command(
                        List.of(
                                "up",
                                "--port=0",
                                "--data-dir=" + data,
                                "--plugin-dir=" + horizon.plugins(),
                                "--set=plugins.sol.ships=100",
                                "--set=plugins.sol.objects=300",
                                "--set=capture.snapshot-seconds=2",
                                // Each version throws, and a trial would refuse it for that.
                                "--set=node.trial-ticks=0",
                                "--set=capture.held-ticks-max=12",
                                "--set=channels.split-above=8",
                                "--set=channels.merge-below=2")));
    }

    /** At least half of the time, and until the tape has what this life shall give it. */
    private void soak(UpProcess node, BooleanSupplier isRich) throws Exception {
        long from = System.nanoTime();
        long end = from + TimeUnit.SECONDS.toNanos(SECONDS) / 2;
        long last = end + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
        while (System.nanoTime() < end || !isRich.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("split %s, lifted %d, seed %d", isSplit, lifted, SEED)
                    .isLessThan(last);
            for (SoakPlayer player : players) {
                player.act(node.address());
            }
            LockSupport.parkNanos(PACE_NANOS);
            isSplit |= node.get("/api/channels").toString().matches(".*,-?\\d+/[1-9].*");
            if (isQuarantined(node)) {
                // What was in quarantine when the node was killed has no report in its next life.
                Matcher told = REPLAY.matcher(node.get("/api/plugins").toString());
                if (told.find()) {
                    moment = List.of(told.group(1).split(" "));
                }
                assertThat(node.command("engine:lift " + STUMBLE)).contains("runs again");
                lifted++;
                build(++versions);
                assertThat(node.plugin("reload", "mishap")).contains("mishap 1.0.0 from tick");
            }
        }
    }

    private static boolean isQuarantined(UpProcess node) throws Exception {
        for (JsonNode system : node.get("/api/systems").path("systems")) {
            if (system.path("name").asString().equals(STUMBLE)) {
                return system.path("quarantined").asBoolean();
            }
        }
        throw new AssertionError("there is no system " + STUMBLE);
    }

    /** Until simulated time runs slower, and that is on the tape. */
    private void lag(UpProcess node) throws Exception {
        try (UpProcess.Starved recorder = node.starveRecorder()) {
            await("dilation", () -> node.metric("horizon_time_rate") < 1);
        }
        await("what dilation recorded", () -> isOnTape(DilationDecoder.TEMPLATE_ID));
    }

    private void await(String what, Callable<Boolean> condition) throws Exception {
        long last = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("%s, seed %d", what, SEED).isLessThan(last);
            LockSupport.parkNanos(PACE_NANOS);
        }
    }

    /** The running tape is read as it lies there. */
    private boolean isOnTape(int input) {
        TapeIndex index = TapeIndex.of(TapeFile.list(data).getLast());
        return LongStream.rangeClosed(index.firstTick(), index.lastTick())
                .anyMatch(tick -> index.hasInput(tick, input));
    }

    private void verify() throws Exception {
        List<TapeFile> tapes = TapeFile.list(data);
        assertThat(tapes).hasSize(2);
        Set<String> read = new TreeSet<>();
        for (TapeFile tape : tapes) {
            List<String> which =
                    List.of("--data-dir=" + data, "--tape=" + tape.recordingId(), "--json");
            JsonNode verified = replay("verify", which);
            assertThat(verified.path("difference").isNull()).as("%s", verified).isTrue();
            assertThat(verified.path("ticks").asLong()).isGreaterThan(20);
            assertThat(tape.snapshots()).hasSizeGreaterThanOrEqualTo(2);
            List<String> all = new ArrayList<>(which);
            all.add("--limit=" + Integer.MAX_VALUE);
            for (JsonNode input : replay("inputs", all).path("inputs")) {
                String text = input.path("text").asString();
                read.add(text.split(" ")[0]);
                Matcher login = LOGIN.matcher(text);
                if (login.matches()) {
                    read.add(login.group(1));
                }
            }
        }
        assertThat(read).as("seed %d", SEED).containsAll(READ);
        assertThat(moment).as("the command that replays the moment").isNotEmpty();
        assertThat(run(moment)).contains("threw   " + STUMBLE).contains("planted");
        TapeIndex first = TapeIndex.of(tapes.getFirst());
        assertThat(LongStream.rangeClosed(first.firstTick(), first.lastTick()))
                .as("something threw")
                .anyMatch(tick -> first.faults(tick) > 0);
    }

    private JsonNode replay(String verb, List<String> options) throws Exception {
        List<String> command = new ArrayList<>(List.of("replay", verb));
        command.addAll(options);
        return Objects.requireNonNull(new JsonMapper().readTree(run(command)));
    }

    private String run(List<String> command) throws Exception {
        Path said = Files.createTempFile(temporary, "said", ".txt");
        Process process =
                horizon.command(command)
                        .redirectOutput(said.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            assertThat(process.waitFor(VERIFY_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(said, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as("%s: %s", command, text).isZero();
        return text;
    }
}
