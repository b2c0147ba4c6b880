package dev.horizon.tools.soak;

import dev.horizon.net.client.Trust;
import dev.horizon.net.line.LineAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Against what a plan is run.
 *
 * @param node that runs; null for one that is started
 * @param dataDir of a node that runs, for what needs its operator's token
 * @param ticketKey file with the key of a node that runs; null for tickets of its own {@code
 *     /api/ticket}
 * @param trust in a node that runs, where it speaks TLS
 * @param aeron where a node that runs takes players over Aeron; null where nobody said
 * @param launcher makes the process of a verb and its arguments
 * @param folder for the report, and for log and data of a node that is started; made where it isn't
 *     there
 */
public record SoakTarget(
        @Nullable URI node,
        @Nullable Path dataDir,
        @Nullable Path ticketKey,
        Trust trust,
        @Nullable LineAddress aeron,
        Function<List<String>, ProcessBuilder> launcher,
        Path folder) {}
