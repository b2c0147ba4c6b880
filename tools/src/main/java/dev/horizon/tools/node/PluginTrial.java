package dev.horizon.tools.node;

import dev.horizon.engine.dispatch.QuarantineReport;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.replay.TapeSetup;
import dev.horizon.tools.config.BudgetSettings;
import dev.horizon.tools.config.NodeSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tries plugins on the last ticks of the running tape before they are loaded: in another process,
 * which can be ended, and which doesn't take the tick's memory.
 */
final class PluginTrial implements AutoCloseable {
    private static final int SECONDS_MAX = 40;
    private static final Logger LOG = LoggerFactory.getLogger(PluginTrial.class);

    private final NodeSettings node;
    private final BudgetSettings budgets;
    private @Nullable TrialProcess spare;
    private boolean isClosed;

    PluginTrial(NodeSettings node, BudgetSettings budgets) {
        this.node = node;
        this.budgets = budgets;
    }

    /**
     * Tries.
     *
     * @param following the tape's setup with them; their jars are on its shelf
     * @param jars kept ones of those that are new or replaced
     * @return how it went, in words; empty where nothing is to be tried
     * @throws HorizonException HZ-PLG-025 when they fail, HZ-PLG-026 when that can't be found out,
     *     or the code with which a tick would refuse them
     */
    String run(TapeSetup following, List<Path> jars) throws InterruptedException {
        boolean hasAllJars = following.plugins().stream().noneMatch(p -> p.sha256().isEmpty());
        if (node.trialTicks() == 0 || !hasAllJars || jars.isEmpty()) {
            return "";
        }
        long start = System.nanoTime();
        TrialOutcome outcome = outcome(jars);
        String code = outcome.code();
        if (code != null) {
            throw new HorizonException(code, String.valueOf(outcome.message()));
        }
        if (!outcome.isSound()) {
            throw failed(outcome);
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        return outcome.ticks() == 0
                ? ""
                : "; tried on " + outcome.ticks() + " ticks in " + millis + " ms";
    }

    private static HorizonException failed(TrialOutcome outcome) {
        String what =
                outcome.faults().stream()
                        .map(PluginTrial::describe)
                        .collect(Collectors.joining("; "));
        return new HorizonException(
                "HZ-PLG-025",
                "tried on ticks "
                        + outcome.from()
                        + " to "
                        + outcome.to()
                        + " of the tape: "
                        + what
                        + ". The version before goes on; --force loads this one nevertheless");
    }

    private static String describe(QuarantineReport fault) {
        List<String> lines = fault.stack().lines().limit(2).map(String::strip).toList();
        return fault.name()
                + " in tick "
                + fault.tick()
                + " on "
                + fault.event()
                + ": "
                + String.join(" ", lines);
    }

    /** By the process that waits for it, or a fresh one; another gets ready behind it. */
    private TrialOutcome outcome(List<Path> jars) throws InterruptedException {
        try (TrialProcess process = take()) {
            String said = process.ask(jars).get(SECONDS_MAX, TimeUnit.SECONDS);
            return JsonMapper.shared().readValue(said, TrialOutcome.class);
        } catch (TimeoutException e) {
            throw untried("it takes longer than " + SECONDS_MAX + " s", e);
        } catch (ExecutionException | JacksonException | IOException e) {
            throw untried("the process that tries it ended: " + e.getMessage(), e);
        } finally {
            getReady();
        }
    }

    private synchronized TrialProcess take() throws IOException {
        TrialProcess waiting = spare;
        spare = null;
        return waiting != null && waiting.isAlive() ? waiting : TrialProcess.start(node, budgets);
    }

    /** Has a process wait for the next version, if none does; it ends by itself after a while. */
    synchronized void getReady() {
        TrialProcess waiting = spare;
        if (node.trialTicks() == 0 || isClosed || (waiting != null && waiting.isAlive())) {
            return;
        }
        try {
            spare = TrialProcess.start(node, budgets);
        } catch (IOException e) {
            LOG.warn("no process can be started to try plugins in: {}", e.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        CloseHelper.close(spare);
    }

    private static HorizonException untried(String why, Throwable cause) {
        return new HorizonException(
                "HZ-PLG-026",
                "the plugin can't be tried on the last ticks: "
                        + why
                        + ". The version before goes on; --force loads this one untried",
                cause);
    }
}
