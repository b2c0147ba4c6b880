package dev.horizon.tools.soak;

import dev.horizon.net.client.Trust;
import dev.horizon.net.line.LineAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The node that is soaked. One thread at a time. */
interface SoakedNode extends AutoCloseable {
    /** Where it listens. */
    URI address();

    /** Believes it, where it speaks TLS. */
    Trust trust();

    /** Where it takes players over Aeron, or null where nobody said. */
    @Nullable LineAddress aeron();

    /** Where its operator's token is, or null where nobody said. */
    @Nullable Path dataDir();

    /** Lines of its log that say ERROR, since the last time; none of a node that others started. */
    int errors();

    /** False when it ended though nobody asked it to. */
    boolean isAsItShouldBe();

    /** kill -9. */
    void kill() throws InterruptedException;

    /** Starts it again, at the same address, on the same data. */
    void startAgain() throws IOException, InterruptedException;

    /** SIGSTOP. */
    void pause() throws IOException, InterruptedException;

    /** SIGCONT. */
    void goOn() throws IOException, InterruptedException;

    @Override
    void close();
}
