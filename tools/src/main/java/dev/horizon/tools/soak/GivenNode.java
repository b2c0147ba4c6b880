package dev.horizon.tools.soak;

import dev.horizon.net.client.Trust;
import dev.horizon.net.line.LineAddress;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A node that somebody else runs: nothing is done to its process.
 *
 * @param address where it listens
 * @param trust in it
 * @param aeron where it takes players over Aeron, where that was said
 * @param dataDir its data folder, where that was named
 */
record GivenNode(URI address, Trust trust, @Nullable LineAddress aeron, @Nullable Path dataDir)
        implements SoakedNode {
    @Override
    public int errors() {
        return 0;
    }

    @Override
    public boolean isAsItShouldBe() {
        return true;
    }

    @Override
    public void kill() {
        throw notOurs();
    }

    @Override
    public void startAgain() {
        throw notOurs();
    }

    @Override
    public void pause() {
        throw notOurs();
    }

    @Override
    public void goOn() {
        throw notOurs();
    }

    private static IllegalStateException notOurs() {
        return new IllegalStateException("a plan with faults of the process is refused before");
    }

    @Override
    public void close() {
        // It goes on.
    }
}
