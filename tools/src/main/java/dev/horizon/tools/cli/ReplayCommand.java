package dev.horizon.tools.cli;

import dev.horizon.engine.query.Condition;
import dev.horizon.engine.query.ConditionParser;
import dev.horizon.engine.world.EntityId;
import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.replay.Difference;
import dev.horizon.net.replay.Divergence;
import dev.horizon.net.replay.Divergence.Source;
import dev.horizon.net.replay.Entities;
import dev.horizon.net.replay.Entities.Change;
import dev.horizon.net.replay.Entities.Shown;
import dev.horizon.net.replay.Rerun;
import dev.horizon.tools.live.UnknownComponent;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code horizon replay}: a node's tape run again on this machine. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Runs a node's tape again: verify, look at any tick, stop at a condition.",
        footer = {
            "",
            "Every run of a node is a tape in its data folder: the inputs of every tick, and what the",
            "tick came to. A tape is read where it lies; its node may be running.",
            "",
            "Examples:",
            "  horizon replay tapes",
            "  horizon replay verify                          every tick of the latest tape",
            "  horizon replay show 'Hull.points < 10' --at 4000",
            "  horizon replay break 'Hull.points < 10'        the first tick at which any is",
            "  horizon replay diff 1:42 --from 4000 --to 4020"
        })
final class ReplayCommand implements Runnable {
    private final Surroundings around;

    @Spec CommandSpec spec;

    ReplayCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "replay needs a verb: tapes, verify, show, break, diff or divergence");
    }

    @Command(
            name = "tapes",
            mixinStandardHelpOptions = true,
            description = "Lists the tapes of a data folder.")
    int tapes(@Mixin TapeFolder options) {
        List<TapeFile> tapes = TapeFile.list(options.dataDir);
        if (options.json) {
            Json.print(
                    around.out(), Map.of("tapes", tapes.stream().map(TapeFile::header).toList()));
            return ExitCode.OK;
        }
        TextTable table = new TextTable("TAPE", "STAR SYSTEM", "FIRST TICK", "HZ", "SEED", "BUILD");
        for (TapeFile tape : tapes) {
            table.row(
                    tape.recordingId(),
                    tape.header().starSystem(),
                    tape.header().firstTick(),
                    tape.header().tickHz(),
                    tape.header().seed(),
                    tape.header().build());
        }
        table.print(around.out());
        return ExitCode.OK;
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Runs all ticks and compares every hash; exit code 3 where one differs.")
    int verify(
            @Mixin TapeOptions options,
            @Option(
                            names = "--to",
                            paramLabel = "N",
                            description = "The last tick; all if not given.")
                    @Nullable Long to) {
        try (Rerun rerun = options.rerun()) {
            long first = rerun.tick() + 1;
            long start = System.nanoTime();
            long last = to == null ? Long.MAX_VALUE : to;
            while (rerun.tick() < last && rerun.difference() == null && rerun.step()) {
                // The step compares.
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            long ticks = rerun.tick() - first + 1;
            Difference difference = rerun.difference();
            if (options.json) {
                Map<String, Object> said = new LinkedHashMap<>();
                said.put("firstTick", first);
                said.put("ticks", ticks);
                said.put("seconds", seconds);
                said.put("unfinished", rerun.isUnfinished());
                said.put("difference", difference);
                Json.print(around.out(), said);
            } else if (difference == null) {
                around.out()
                        .printf(
                                "%,d ticks from %d on, every hash the same; %.1f s, %.0f times as fast"
                                        + " as they were%n",
                                ticks,
                                first,
                                seconds,
                                ticks / seconds / rerun.setup().tick().tickHz());
            } else {
                print(difference);
            }
            return difference == null ? ExitCode.OK : ExitCode.THRESHOLD;
        }
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows entities as they were at the end of a tick.")
    int show(
            @Mixin TapeOptions options,
            @Parameters(paramLabel = "CONDITION", description = "Which, as for query; or an id.")
                    String condition,
            @Option(names = "--at", paramLabel = "N", required = true, description = "The tick.")
                    long at,
            @Option(
                            names = {"-n", "--limit"},
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "Entities at most; ${DEFAULT-VALUE} if not given.")
                    int limit) {
        boolean isOne = condition.matches(QueryCommand.ENTITY_ID);
        LongPredicate which = isOne ? one(condition) : id -> false;
        Condition parsed = isOne ? null : ConditionParser.parse(condition);
        try (Rerun rerun = options.rerun()) {
            requireComponents(rerun, parsed);
            runTo(rerun, at);
            List<Shown> found =
                    parsed == null
                            ? List.copyOf(Entities.all(rerun.world(), which).values())
                            : Entities.matching(rerun.world(), parsed, limit);
            print(rerun.tick(), found, options.json);
            return ExitCode.OK;
        }
    }

    @Command(
            name = "break",
            mixinStandardHelpOptions = true,
            description = "Runs until an entity begins to fulfil a condition; exit code 3 if none.")
    int stopAt(
            @Mixin TapeOptions options,
            @Parameters(paramLabel = "CONDITION", description = "As for query.") String text,
            @Option(
                            names = "--from",
                            paramLabel = "N",
                            description = "Looks from this tick on; from the first if not given.")
                    @Nullable Long from) {
        Condition condition = ConditionParser.parse(text);
        try (Rerun rerun = options.rerun()) {
            requireComponents(rerun, condition);
            if (from != null && from > rerun.tick() + 1) {
                runTo(rerun, from - 1);
            }
            Set<EntityId> before = new HashSet<>();
            Entities.matching(rerun.world(), condition, Integer.MAX_VALUE)
                    .forEach(one -> before.add(one.id()));
            while (rerun.step()) {
                List<Shown> now = Entities.matching(rerun.world(), condition, Integer.MAX_VALUE);
                List<Shown> fresh = now.stream().filter(one -> !before.contains(one.id())).toList();
                if (!fresh.isEmpty()) {
                    print(rerun.tick(), fresh, options.json);
                    return ExitCode.OK;
                }
                before.clear();
                now.forEach(one -> before.add(one.id()));
            }
            around.err().println("no entity began to fulfil it by tick " + rerun.tick());
            return ExitCode.THRESHOLD;
        }
    }

    @Command(
            name = "diff",
            mixinStandardHelpOptions = true,
            description = "Shows what changed between two ticks, field by field.")
    int diff(
            @Mixin TapeOptions options,
            @Parameters(
                            paramLabel = "ID",
                            arity = "0..1",
                            description = "Of one entity; of all if not given.")
                    @Nullable String id,
            @Option(names = "--from", paramLabel = "N", required = true, description = "A tick.")
                    long from,
            @Option(names = "--to", paramLabel = "N", required = true, description = "A later one.")
                    long to,
            @Option(
                            names = {"-n", "--limit"},
                            paramLabel = "N",
                            defaultValue = "100",
                            description = "Lines at most; ${DEFAULT-VALUE} if not given.")
                    int limit) {
        LongPredicate which = id == null ? one -> true : one(id);
        try (Rerun rerun = options.rerun()) {
            runTo(rerun, from);
            Map<Long, Shown> before = Entities.all(rerun.world(), which);
            runTo(rerun, to);
            Map<Long, Shown> after = Entities.all(rerun.world(), which);
            List<Change> changes = Entities.difference(before, after, limit);
            if (options.json) {
                Json.print(around.out(), Map.of("changes", changes));
                return ExitCode.OK;
            }
            print(changes, "BEFORE", "AFTER", limit);
            return ExitCode.OK;
        }
    }

    @Command(
            name = "divergence",
            mixinStandardHelpOptions = true,
            description =
                    "Finds the first tick at which two tapes came to different worlds; exit code 3"
                            + " then.")
    int divergence(
            @Mixin TapeOptions options,
            @Option(
                            names = "--other-data-dir",
                            paramLabel = "DIR",
                            description = "Of the other tape; the same folder if not given.")
                    @Nullable Path otherDir,
            @Option(
                            names = "--other-tape",
                            paramLabel = "N",
                            description = "The other's number; the latest if not given.")
                    @Nullable Long otherNumber,
            @Option(
                            names = {"-n", "--limit"},
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "Fields at most; ${DEFAULT-VALUE} if not given.")
                    int limit) {
        Path dir = otherDir == null ? options.dataDir : otherDir;
        Source one = new Source(options.tape(), options.dataDir);
        Source other = new Source(TapeOptions.tape(dir, otherNumber), dir);
        Divergence found = Divergence.find(one.file(), other.file());
        if (found == null) {
            if (options.json) {
                Json.print(around.out(), Map.of("changes", List.of()));
            } else {
                around.out().println("every tick that both tapes have came to the same");
            }
            return ExitCode.OK;
        }
        List<Change> changes = found.changes(one, other, options.threads, limit);
        if (options.json) {
            Json.print(around.out(), Map.of("divergence", found, "changes", changes));
            return ExitCode.THRESHOLD;
        }
        around.out()
                .printf(
                        "tick %d: hash %016x and %016x, %s; components that differ: %s%n",
                        found.tick(),
                        found.hash(),
                        found.otherHash(),
                        found.isInput()
                                ? "after different inputs"
                                : "though all inputs were the same",
                        found.components().isEmpty()
                                ? "none, but entities do"
                                : String.join(", ", found.components()));
        print(changes, "ONE", "OTHER", limit);
        return ExitCode.THRESHOLD;
    }

    private void print(List<Change> changes, String before, String after, int limit) {
        TextTable table = new TextTable("ENTITY", "COMPONENT", "FIELD", before, after);
        for (Change change : changes) {
            table.row(
                    change.entity(),
                    change.component(),
                    change.field(),
                    change.before(),
                    change.after());
        }
        table.print(around.out());
        if (changes.size() == limit) {
            around.err().println("the first " + limit + "; --limit shows more");
        }
    }

    private void runTo(Rerun rerun, long tick) {
        if (tick < rerun.tick()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "tick " + tick + " is before " + (rerun.tick() + 1) + ", where it could begin");
        }
        while (rerun.tick() < tick && rerun.step()) {
            // The step does it all.
        }
        if (rerun.tick() < tick) {
            throw new ParameterException(
                    spec.commandLine(),
                    "the tape ends with tick " + rerun.tick() + ", before tick " + tick);
        }
        Difference difference = rerun.difference();
        if (difference != null) {
            around.err()
                    .println(
                            "from tick "
                                    + difference.tick()
                                    + " on this run differs from the tape; 'horizon replay verify'"
                                    + " tells more");
        }
    }

    private void print(Difference difference) {
        around.out()
                .printf(
                        "tick %d came to something else: hash %016x, recorded %016x; %d entities,"
                                + " recorded %d%n",
                        difference.tick(),
                        difference.hash(),
                        difference.recordedHash(),
                        difference.entities(),
                        difference.recordedEntities());
        around.out()
                .println(
                        difference.components().isEmpty()
                                ? "no component differs: other entities, or in another order"
                                : "components that differ: "
                                        + String.join(", ", difference.components()));
    }

    private void print(long tick, List<Shown> found, boolean json) {
        if (json) {
            Json.print(around.out(), Map.of("tick", tick, "entities", found));
            return;
        }
        around.out().println("tick " + tick + ": " + found.size() + " entities");
        TextTable table = new TextTable("ENTITY", "COMPONENT", "FIELD", "VALUE");
        for (Shown one : found) {
            one.components()
                    .forEach((component, fields) ->
                            fields.forEach((field, value) ->
                                    table.row(one.id(), component, field, value)));
        }
        table.print(around.out());
    }

    private LongPredicate one(String id) {
        if (!id.matches(QueryCommand.ENTITY_ID)) {
            throw new ParameterException(
                    spec.commandLine(), "'" + id + "' is no entity's id; write it as in 1:42");
        }
        long wanted = EntityId.parse(id).value();
        return one -> one == wanted;
    }

    /** A name that no entity can have would never be found, and that is not what was asked. */
    private void requireComponents(Rerun rerun, @Nullable Condition condition) {
        List<String> known = rerun.setup().components();
        for (String name : condition == null ? Set.<String>of() : condition.components()) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(), UnknownComponent.message(name, known));
            }
        }
    }
}
