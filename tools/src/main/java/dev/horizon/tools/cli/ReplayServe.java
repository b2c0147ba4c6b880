package dev.horizon.tools.cli;

import dev.horizon.net.gateway.PageServer;
import dev.horizon.net.replay.TapeSource;
import dev.horizon.tools.timeline.TimelineApi;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code horizon replay serve}. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the star map of a tape with a timeline, in the browser; two tapes side by side"
                    + " with",
            "--other-data-dir. Runs until it is stopped."
        })
final class ReplayServe extends ReplayVerb {
    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8081",
            description = "Of the page, on this machine alone; 0 for any. ${DEFAULT-VALUE}.")
    int port;

    @Option(
            names = "--other-data-dir",
            paramLabel = "DIR",
            description = "Shows a tape of there beside it.")
    @Nullable Path otherDir;

    @Option(
            names = "--other-tape",
            paramLabel = "N",
            description = "Shows that tape beside it; the latest of the other folder if not given.")
    @Nullable Long otherNumber;

    ReplayServe(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() throws InterruptedException {
        TapeSource other = null;
        if (otherDir != null || otherNumber != null) {
            Path dir = otherDir == null ? options.dataDir : otherDir;
            other = options.source(TapeOptions.tape(dir, otherNumber), dir);
        }
        try (TimelineApi api = new TimelineApi(options.source(), other);
                PageServer server =
                        PageServer.start(
                                port,
                                api.routes(),
                                Map.of("/", "pages/"),
                                ReplayServe.class.getClassLoader())) {
            URI page = server.address().resolve("replay.html");
            if (options.json) {
                Json.print(around.out(), Map.of("address", page.toString()));
            } else {
                around.out().println("timeline  " + page);
                around.out().flush();
            }
            new CountDownLatch(1).await();
            return ExitCode.OK;
        }
    }
}
