package dev.horizon.tools.soak;

import dev.horizon.net.client.Trust;
import dev.horizon.net.line.LineAddress;
import dev.horizon.tools.soak.bots.TicketSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node that somebody else runs: nothing is done to its process.
 *
 * @param address where it listens
 * @param trust in it
 * @param aeron where it takes players over Aeron, where that was said
 * @param dataDir its data folder, where that was named
 * @param tickets for it
 */
record GivenNode(
        URI address,
        Trust trust,
        @Nullable LineAddress aeron,
        @Nullable Path dataDir,
        TicketSource tickets)
        implements NodeAlone {
    @Override
    public int errors() {
        return 0;
    }

    @Override
    public List<String> errorLines(int most) {
        return List.of();
    }

    @Override
    public boolean isAsItShouldBe() {
        return true;
    }

    @Override
    public void kill(String process) {
        throw notOurs();
    }

    @Override
    public void startAgain(String process) {
        throw notOurs();
    }

    @Override
    public void pause(String process) {
        throw notOurs();
    }

    @Override
    public void goOn(String process) {
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
