package dev.horizon.net.driver;

import io.aeron.archive.Archive;
import io.aeron.archive.client.ArchiveException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the Archive over recordings that a killed process may have left half-written. The Archive
 * finds the end of each by itself, but asks a person when the last fragment of one is torn; nobody
 * was ever told that this fragment is safe, so here it is cut.
 */
final class ArchiveLauncher {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveLauncher.class);

    /** One for each recording that can be under way at once. */
    private static final int TORN_RECORDINGS_MAX = 20;

    /** Aeron's log form: fragments begin with their length, at multiples of 32 bytes. */
    private static final int FRAGMENT_ALIGNMENT = 32;

    private static final Pattern TORN =
            Pattern.compile("straddling page boundary in file: (.*\\.rec)");

    private ArchiveLauncher() {}

    /**
     * Starts it.
     *
     * @param context makes a context for the attempt with a number; each needs a mark file of its
     *     own
     */
    static Archive launch(IntFunction<Archive.Context> context) throws IOException {
        for (int attempt = 0; ; attempt++) {
            try {
                return Archive.launch(context.apply(attempt));
            } catch (ArchiveException e) {
                Matcher torn = TORN.matcher(String.valueOf(e.getMessage()));
                if (!torn.find() || attempt == TORN_RECORDINGS_MAX) {
                    throw e;
                }
                cutLastFragment(Path.of(torn.group(1)));
            }
        }
    }

    private static void cutLastFragment(Path segment) throws IOException {
        try (FileChannel channel =
                FileChannel.open(segment, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = channel.size();
            ByteBuffer length = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            long last = 0;
            long next = 0;
            while (next < size) {
                channel.read(length.clear(), next);
                int fragment = length.flip().remaining() < Integer.BYTES ? 0 : length.getInt();
                if (fragment <= 0) {
                    break;
                }
                last = next;
                next += (fragment + FRAGMENT_ALIGNMENT - 1L) & -FRAGMENT_ALIGNMENT;
            }
            LOG.warn("A kill tore the last fragment of {}: cutting it at {}", segment, last);
            // What lies behind becomes zero again, which is how the Archive sees the end.
            channel.truncate(last);
            channel.write(ByteBuffer.allocate(1), size - 1);
        }
    }
}
