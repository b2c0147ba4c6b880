package dev.horizon.tools.cli;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.query.Condition;
import dev.horizon.engine.query.ConditionParser;
import dev.horizon.engine.world.EntityId;
import dev.horizon.net.replay.Difference;
import dev.horizon.net.replay.Entities;
import dev.horizon.net.replay.Entities.Change;
import dev.horizon.net.replay.Entities.Shown;
import dev.horizon.net.replay.Rerun;
import dev.horizon.net.replay.TapeSetup;
import dev.horizon.tools.live.UnknownComponent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the verbs that run a tape again have in common. */
abstract class ReplayVerb implements Callable<Integer> {
    final Surroundings around;

    @Mixin TapeOptions options;

    @Spec CommandSpec spec;

    ReplayVerb(Surroundings around) {
        this.around = around;
    }

    /** Goes to a tick, and warns when the replay parted from the tape on the way. */
    Rerun at(long tick) {
        Rerun rerun = options.source().at(tick);
        warn(rerun);
        return rerun;
    }

    void warn(Rerun rerun) {
        Difference difference = rerun.difference();
        if (difference != null) {
            around.err()
                    .println(
                            "from tick "
                                    + difference.tick()
                                    + " on this run differs from the tape; 'horizon replay"
                                    + " divergence' tells more");
        }
    }

    /** A name that no entity can have would never be found, and that is not what was asked. */
    Condition condition(TapeSetup setup, String text) {
        Condition condition = ConditionParser.parse(text);
        List<String> known = setup.components();
        for (String name : condition.components()) {
            if (!known.contains(name)) {
                throw usage(UnknownComponent.message(name, known));
            }
        }
        return condition;
    }

    /** Entities that fulfil a condition, or the one with an id. */
    List<Shown> entities(Rerun rerun, String asked, int limit) {
        return isId(asked)
                ? List.copyOf(Entities.all(rerun.world(), one(asked)).values())
                : Entities.matching(rerun.world(), condition(rerun.setup(), asked), limit);
    }

    static boolean isId(String text) {
        return text.matches(QueryCommand.ENTITY_ID);
    }

    LongPredicate one(String id) {
        if (!isId(id)) {
            throw usage("'" + id + "' is no entity's id; write it as in 1:42");
        }
        long wanted = EntityId.parse(id).value();
        return one -> one == wanted;
    }

    ParameterException usage(@Nullable String message) {
        return new ParameterException(spec.commandLine(), String.valueOf(message));
    }

    void print(long tick, List<Shown> found) {
        if (options.json) {
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

    void print(List<Change> changes, String before, String after, int limit) {
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

    /** Faults that a session of commands tells and goes on from. */
    static boolean isTold(RuntimeException fault) {
        return fault instanceof HorizonException || fault instanceof ParameterException;
    }
}
