package dev.horizon.tools.soak;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One node that is in no mesh, and takes players itself. */
interface NodeAlone extends Soaked {
    /** Where it listens. */
    URI address();

    /** Where its operator's token is, or null where nobody said. */
    @Nullable Path dataDir();

    @Override
    default String text() {
        return address().toString();
    }

    @Override
    default List<URI> entrances() {
        return List.of(address());
    }

    @Override
    default List<NodeAt> nodes() {
        return List.of(new NodeAt("", "", address(), dataDir()));
    }

    /** Its gateway is in its own process, and tells its figures there. */
    @Override
    default List<URI> gateways() {
        return List.of();
    }

    @Override
    default Transfers takeTransfers() {
        return Transfers.NONE;
    }

    @Override
    default boolean isUp() {
        return true;
    }

    @Override
    default boolean awaitAnswer(String process, long millisMax) {
        return true;
    }

    @Override
    default String resolve(String process) {
        return process;
    }

    @Override
    default boolean holdsPlayers(String process) {
        return true;
    }
}
