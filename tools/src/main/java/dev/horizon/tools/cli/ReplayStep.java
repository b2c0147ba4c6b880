package dev.horizon.tools.cli;

import dev.horizon.net.replay.Breakpoint;
import dev.horizon.net.replay.Entities;
import dev.horizon.net.replay.Entities.Shown;
import dev.horizon.net.replay.Rerun;
import dev.horizon.net.replay.TickSummary;
import dev.horizon.net.replay.Timeline;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code horizon replay step}: commands from the terminal, a pipe or an option. */
@Command(
        name = "step",
        mixinStandardHelpOptions = true,
        description = "Goes forth and back on a tape by commands, one a line.",
        footer = {
            "",
            "Commands:",
            "  step [N]          N ticks on, 1 if not given; an empty line does the same",
            "  back [N]          N ticks back",
            "  seek TICK         to the end of a tick",
            "  break CONDITION   on until an entity begins to fulfil it",
            "  show CONDITION    entities that fulfil it, or one by its id",
            "  diff [ID]         what the last tick changed",
            "  quit              or the end of the input",
            "",
            "Example:",
            "  horizon replay step --run 'seek 4000; break Hull.points < 0; diff; back 1'"
        })
final class ReplayStep extends ReplayVerb {
    private static final int LIMIT = 40;

    @Option(
            names = "--from",
            paramLabel = "N",
            description = "Begins at the end of this tick; before the first if not given.")
    @Nullable Long from;

    @Option(
            names = "--run",
            paramLabel = "COMMANDS",
            description = "Commands, separated by ';', instead of those of the input.")
    @Nullable String run;

    ReplayStep(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() throws IOException {
        String script = run;
        try (Timeline timeline = new Timeline(options.source());
                BufferedReader lines =
                        new BufferedReader(
                                script == null
                                        ? new InputStreamReader(System.in, StandardCharsets.UTF_8)
                                        : new StringReader(script.replace(";", "\n")))) {
            Long begin = from;
            if (begin != null) {
                timeline.seek(begin);
            }
            around.out().println("before tick " + (timeline.rerun().tick() + 1));
            String line = next(lines, script == null);
            while (line != null && !line.equals("quit")) {
                try {
                    obey(timeline, line);
                } catch (RuntimeException fault) {
                    // A slip of the fingers mustn't cost the place; a script shall stop at it.
                    if (script != null || !isTold(fault)) {
                        throw fault;
                    }
                    around.err().println(fault.getMessage());
                }
                line = next(lines, script == null);
            }
            warn(timeline.rerun());
            return ExitCode.OK;
        }
    }

    private @Nullable String next(BufferedReader lines, boolean asks) throws IOException {
        if (asks && around.terminal()) {
            around.out().print("> ");
            around.out().flush();
        }
        String line = lines.readLine();
        return line == null ? null : line.strip();
    }

    private void obey(Timeline timeline, String line) {
        int space = line.indexOf(' ');
        String command = space < 0 ? line : line.substring(0, space);
        String rest = space < 0 ? "" : line.substring(space + 1).strip();
        switch (command) {
            case "", "step" -> {
                for (long left = number(rest, 1); left > 0; left--) {
                    say(timeline);
                }
            }
            case "back" -> arrive(timeline, timeline.rerun().tick() - number(rest, 1));
            case "seek" -> arrive(timeline, number(rest, 0));
            case "break" -> stop(timeline, rest);
            case "show" -> {
                Rerun rerun = timeline.rerun();
                print(rerun.tick(), entities(rerun, rest, LIMIT));
            }
            case "diff" -> diff(timeline, rest);
            default ->
                    throw usage(
                            "'"
                                    + command
                                    + "' is no command; there are step, back, seek, break, show,"
                                    + " diff and quit");
        }
    }

    /** Runs a tick, and says how it went. */
    private void say(Timeline timeline) {
        TickSummary summary = timeline.summary();
        if (options.json) {
            Json.print(around.out(), summary);
        } else {
            summary.lines().forEach(around.out()::println);
        }
    }

    /** Goes to the end of a tick, of which it says how it went. */
    private void arrive(Timeline timeline, long tick) {
        timeline.seek(tick - 1);
        say(timeline);
    }

    private void stop(Timeline timeline, String text) {
        Rerun rerun = timeline.rerun();
        Breakpoint stop = new Breakpoint(condition(rerun.setup(), text), rerun.world());
        List<Shown> found = List.of();
        while (found.isEmpty() && timeline.step()) {
            found = stop.begun(timeline.rerun().world());
        }
        if (found.isEmpty()) {
            around.err().println("no entity began to fulfil it by tick " + rerun.tick());
        } else {
            print(timeline.rerun().tick(), found);
        }
    }

    private void diff(Timeline timeline, String id) {
        var which = id.isEmpty() ? (java.util.function.LongPredicate) one -> true : one(id);
        long tick = timeline.rerun().tick();
        Map<Long, Shown> before = Entities.all(timeline.seek(tick - 1).world(), which);
        Map<Long, Shown> after = Entities.all(timeline.seek(tick).world(), which);
        print(Entities.difference(before, after, LIMIT), "BEFORE", "AFTER", LIMIT);
    }

    private long number(String text, long otherwise) {
        try {
            return text.isEmpty() ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw usage("'" + text + "' is no number");
        }
    }
}
