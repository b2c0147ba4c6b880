package dev.horizon.tools.node;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.streams.TransportKind;
import dev.horizon.net.streams.TransportSelfTest;
import dev.horizon.tools.config.StreamSettings;
import dev.horizon.tools.config.StreamSettings.Transport;
import io.aeron.Aeron;
import org.jspecify.annotations.Nullable;

/**
 * Which rung of the ladder a node's streams take, and why.
 *
 * @param kind the rung
 * @param reason for people
 */
record Rungs(TransportKind kind, String reason) {
    /**
     * Decides: what is configured, if it works here; else, for one process, shared memory, and for
     * several the first that works of multicast, multi-destination and unicast.
     *
     * @throws HorizonException HZ-STR-006 when what is configured, or all, doesn't work here
     */
    static Rungs choose(StreamSettings streams, boolean isOpen, Aeron aeron) {
        TransportKind wanted = streams.transport().kind();
        if (wanted == null && !isOpen) {
            return new Rungs(TransportKind.IPC, "one process");
        }
        if (wanted == TransportKind.IPC) {
            return new Rungs(wanted, "as configured");
        }
        TransportSelfTest test = TransportSelfTest.run(aeron, streams.networkInterface());
        TransportKind kind = wanted == null ? test.bestBetweenProcesses() : wanted;
        if (kind == null || !test.rung(kind).works()) {
            throw refused(kind, test);
        }
        String why = wanted == null ? "picked by the self-test: " : "as configured; self-test: ";
        return new Rungs(kind, why + test.rung(kind).reason());
    }

    private static HorizonException refused(@Nullable TransportKind kind, TransportSelfTest test) {
        TransportKind best = test.bestBetweenProcesses();
        return new HorizonException(
                "HZ-STR-006",
                (kind == null
                                ? "no kind of UDP streams works on this machine"
                                : "streams by "
                                        + Transport.name(kind)
                                        + " don't work on this machine: "
                                        + test.rung(kind).reason())
                        + "; "
                        + (best == null
                                ? "run 'horizon doctor', which tells why"
                                : "set streams.transport to "
                                        + Transport.name(best)
                                        + ", which does, or run 'horizon doctor'"));
    }
}
