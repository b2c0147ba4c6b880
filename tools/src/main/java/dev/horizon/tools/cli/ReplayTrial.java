package dev.horizon.tools.cli;

import dev.horizon.engine.budget.CostBudget;
import dev.horizon.engine.dispatch.QuarantineReport;
import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.RunningCode;
import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.replay.JarShelf;
import dev.horizon.net.replay.TapeSetup;
import dev.horizon.net.replay.TapeSource;
import dev.horizon.net.replay.Tapes;
import dev.horizon.net.replay.Trial;
import dev.horizon.tools.node.TrialOutcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code horizon replay trial}: what a node asks before it loads a plugin. */
@Command(
        name = "trial",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the last ticks again with other plugins, and tells what throws, is beyond a budget"
                    + " or doesn't",
            "return; exit code 3 where anything does. A node asks it before it loads a plugin."
        },
        footer = {"", "Example:", "  horizon replay trial --plugin target/raiders-2.jar"})
final class ReplayTrial extends ReplayVerb {
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final int WARM_UP_TICKS = 10;
    private static final int TIMES_MAX = 4;
    private static final int SLOW_TICKS_MAX = 20;
    private static final Duration IDLE_MAX = Duration.ofMinutes(10);

    @Option(
            names = "--plugin",
            paramLabel = "JAR",
            description = "Takes the place of the plugin of that name. Repeatable.")
    List<Path> jars = new ArrayList<>();

    @Option(
            names = "--wait",
            description =
                    "Runs the ticks once as they were, then reads jars from the standard input, a"
                            + " line each, and tries them without the time of a start.")
    boolean isWaiting;

    @Option(
            names = "--ticks",
            paramLabel = "N",
            defaultValue = "100",
            description =
                    "At least so many, where the tape has them; ${DEFAULT-VALUE} if not given.")
    int ticks;

    @Option(
            names = "--hang-limit",
            paramLabel = "MILLIS",
            defaultValue = "5000",
            description = "How long one tick may take; ${DEFAULT-VALUE} if not given.")
    long hangMillis;

    @Option(
            names = "--plugin-kilobytes",
            paramLabel = "N",
            defaultValue = "65536",
            description =
                    "What a plugin may allocate in a tick, 0 for any amount; ${DEFAULT-VALUE} if not"
                            + " given.")
    long pluginKilobytes;

    @Option(
            names = "--system-kilobytes",
            paramLabel = "N",
            defaultValue = "65536",
            description = "The same for one system; ${DEFAULT-VALUE} if not given.")
    long systemKilobytes;

    @Option(
            names = "--plugin-micros",
            paramLabel = "N",
            defaultValue = "0",
            description = {
                "Time of a plugin in a tick, 0 for any. More than "
                        + TIMES_MAX
                        + " times as much in "
                        + SLOW_TICKS_MAX
                        + " ticks in a row is too much;",
                "${DEFAULT-VALUE} if not given."
            })
    long pluginMicros;

    @Option(
            names = "--system-micros",
            paramLabel = "N",
            defaultValue = "0",
            description = "The same for one system; ${DEFAULT-VALUE} if not given.")
    long systemMicros;

    private volatile boolean hasJars;

    ReplayTrial(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        if (isWaiting) {
            practise();
            jars.addAll(asked());
        }
        if (jars.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "replay trial needs --plugin JAR, or --wait");
        }
        try {
            return told(run(tick -> true));
        } catch (HorizonException e) {
            if (!options.json) {
                throw e;
            }
            return told(TrialOutcome.refused(e));
        }
    }

    /** Code is colder here than in a node, and others go first: time counts where it is far off. */
    private CostBudget costs() {
        long kilobyte = 1 << 10;
        return new CostBudget(
                TimeUnit.MICROSECONDS.toNanos(pluginMicros),
                pluginKilobytes * kilobyte,
                TimeUnit.MICROSECONDS.toNanos(systemMicros),
                systemKilobytes * kilobyte,
                0,
                WARM_UP_TICKS,
                new CostBudget.Patience(TIMES_MAX, SLOW_TICKS_MAX));
    }

    /** Loads and compiles what a trial runs, until there is one. */
    private void practise() {
        endUnlessAsked();
        try {
            var unused = run(tick -> !isAsked());
        } catch (HorizonException e) {
            // What speaks against these ticks is said by the trial itself.
        }
    }

    private static boolean isAsked() {
        try {
            return System.in.available() > 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** Whom nobody asks for a long time gives its memory back. */
    private void endUnlessAsked() {
        Thread.ofPlatform()
                .daemon()
                .name("trial idle")
                .start(() -> {
                    LockSupport.parkNanos(IDLE_MAX.toNanos());
                    if (!hasJars) {
                        Runtime.getRuntime().halt(ExitCode.OK);
                    }
                });
    }

    /** The jars; ends the process where whoever asks is gone. */
    private List<Path> asked() {
        List<Path> lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                        .lines()
                        .map(Path::of)
                        .toList();
        hasJars = true;
        if (lines.isEmpty()) {
            Runtime.getRuntime().halt(ExitCode.OK);
        }
        return lines;
    }

    private TrialOutcome run(LongPredicate goesOn) {
        TapeFile tape = options.tape();
        TapeSetup recorded = Tapes.setup(tape);
        JarShelf shelf = new JarShelf(options.dataDir);
        LoadedPlugins others = load(recorded, shelf.jars(recorded, jars));
        TapeSetup candidate = recorded.with(others);
        TapeSource source =
                TapeSource.of(
                        tape,
                        asked ->
                                asked.plugins().equals(candidate.plugins())
                                        ? others
                                        : load(asked, shelf.jars(asked)),
                        1);
        try (Trial trial = Trial.of(source, candidate, ticks, costs())) {
            if (trial == null) {
                return TrialOutcome.of(0, 0, List.of());
            }
            Thread watch =
                    Thread.ofPlatform().daemon().name("trial watch").start(() -> watch(trial));
            while (goesOn.test(trial.tick()) && trial.step()) {
                // The step keeps what threw.
            }
            watch.interrupt();
            return TrialOutcome.of(trial.from(), trial.tick(), trial.faults());
        }
    }

    private static LoadedPlugins load(TapeSetup setup, List<Path> jars) {
        PluginHost host = new PluginHost(true, setup.configuration());
        host.scan(jars);
        return host.load();
    }

    /** Nothing can stop a thread: what doesn't return ends the process. */
    private void watch(Trial trial) {
        long tick = trial.tick();
        long since = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOK.toNanos());
            if (trial.tick() != tick) {
                tick = trial.tick();
                since = System.nanoTime();
            }
            RunningCode code = trial.running();
            if (code != null
                    && System.nanoTime() - since > Duration.ofMillis(hangMillis).toNanos()) {
                HorizonException held =
                        new HorizonException(
                                "HZ-PLG-021",
                                code.name() + " did not return from tick " + (tick + 1));
                held.setStackTrace(code.thread().getStackTrace());
                int exit = told(TrialOutcome.hung(trial.from(), tick + 1, code, held));
                Runtime.getRuntime().halt(exit);
            }
        }
    }

    private synchronized int told(TrialOutcome outcome) {
        if (options.json) {
            Json.print(around.out(), outcome);
        } else if (outcome.faults().isEmpty()) {
            around.out().printf("ticks %d to %d: nothing threw%n", outcome.from(), outcome.to());
        } else {
            for (QuarantineReport fault : outcome.faults()) {
                around.out()
                        .println(
                                fault.name() + " in tick " + fault.tick() + " on " + fault.event());
                around.out().println(fault.stack());
            }
        }
        around.out().flush();
        return outcome.isSound() ? ExitCode.OK : ExitCode.THRESHOLD;
    }
}
