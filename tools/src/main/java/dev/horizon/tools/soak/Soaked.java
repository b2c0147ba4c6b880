package dev.horizon.tools.soak;

import dev.horizon.net.client.Trust;
import dev.horizon.net.line.LineAddress;
import dev.horizon.tools.soak.bots.TicketSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is soaked: a node alone, or a mesh of processes. One thread at a time. */
interface Soaked extends AutoCloseable {
    /**
     * A node.
     *
     * @param name in a mesh; else empty
     * @param starSystem in a mesh; else empty
     * @param pages where its figures are
     * @param dataDir where its operator's token is, or null where nobody said
     */
    record NodeAt(String name, String starSystem, URI pages, @Nullable Path dataDir) {}

    /**
     * Transfers that ended.
     *
     * @param done entities that are at another node
     * @param reversed entities that stay
     */
    record Transfers(int done, int reversed) {
        static final Transfers NONE = new Transfers(0, 0);
    }

    /** In words, for the report. */
    String text();

    /** Where players connect; each is as good. */
    List<URI> entrances();

    /** Believes them, where they speak TLS. */
    Trust trust();

    /** Where they take players over Aeron, or null where nobody said. */
    @Nullable LineAddress aeron();

    /** Where tickets come from. */
    TicketSource tickets();

    /** The nodes; those of the star system in which players begin come first. */
    List<NodeAt> nodes();

    /** The pages of gateways in processes of their own. */
    List<URI> gateways();

    /** Transfers that ended since the last time, as far as the coordinator remembers. */
    Transfers takeTransfers();

    /** Lines of logs that say ERROR, since the last time; none of what others started. */
    int errors();

    /** The first of those lines. */
    List<String> errorLines(int most) throws IOException;

    /** False when a process ended though nobody asked it to. */
    boolean isAsItShouldBe();

    /** True while all that isn't a node can be reached. */
    boolean isUp();

    /** Waits until what a process was asked for is answered; false when it isn't. */
    boolean awaitAnswer(String process, long millisMax) throws InterruptedException;

    /** The process that a fault means: empty for the node alone. */
    String resolve(String process);

    /** True when players lose their connections with a process. */
    boolean holdsPlayers(String process);

    /** kill -9. */
    void kill(String process) throws InterruptedException;

    /** Starts it again, at the same address, on the same data. */
    void startAgain(String process) throws IOException, InterruptedException;

    /** SIGSTOP. */
    void pause(String process) throws IOException, InterruptedException;

    /** SIGCONT. */
    void goOn(String process) throws IOException, InterruptedException;

    @Override
    void close();
}
