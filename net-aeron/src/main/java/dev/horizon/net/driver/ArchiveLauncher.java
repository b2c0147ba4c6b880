package dev.horizon.net.driver;

import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveTool;
import io.aeron.archive.client.ArchiveException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the Archive over recordings that a killed process may have left half-written. The Archive
 * finds the end of each by itself, but asks a person when the last record might be torn; here
 * nobody was told yet that this record is safe, so it is cut.
 */
final class ArchiveLauncher {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveLauncher.class);

    private static final String CHECKSUM = RecordChecksum.class.getName();

    private ArchiveLauncher() {}

    static Archive launch(Path recordings, Supplier<Archive.Context> context) {
        try {
            return Archive.launch(context.get());
        } catch (ArchiveException e) {
            if (!isTornTail(e)) {
                throw e;
            }
            LOG.warn("A record was torn when the last process was killed; cutting it");
            cutTornTails(recordings);
            return Archive.launch(context.get());
        }
    }

    private static boolean isTornTail(Throwable e) {
        String message = e.getMessage();
        return message != null && message.contains("straddling page boundary");
    }

    private static void cutTornTails(Path recordings) {
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(report, true, StandardCharsets.UTF_8)) {
            ArchiveTool.verify(out, recordings.toFile(), Set.of(), CHECKSUM, segment -> true);
        }
        LOG.info("Verified the recordings: {}", report.toString(StandardCharsets.UTF_8).strip());
    }
}
