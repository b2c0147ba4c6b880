package dev.horizon.net.streams;

import dev.horizon.net.ChildProcess;
import dev.horizon.net.TwoHosts;
import io.aeron.Aeron;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Multicast from one host to another: two media drivers in network namespaces of their own, so that
 * every datagram crosses a cable, joins are announced, and nothing can come by the loopback. The
 * receiving one loses at a seeded rate. {@code -Dloss.seconds} and {@code -Dloss.seed} make a long
 * run of it.
 */
class NamespaceLossTest {
    private static final int PORT = 40_456;

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.2, 1})
    void shouldKnowWithinASecondAndBeWholeWithinTwoFromHostToHost(double rate) throws IOException {
        TwoHosts.assumePossible();
        TransportConfig near = TransportConfig.multicast(TwoHosts.NEAR, PORT);
        TransportConfig far = near.from(TwoHosts.NEAR, TwoHosts.FAR);
        try (TwoHosts hosts =
                TwoHosts.start(DriverInNamespace.class, arguments("near"), arguments("far"))) {
            started(hosts.near());
            started(hosts.far());
            try (Aeron from = connect("near");
                    Aeron to = connect("far");
                    LossyFlight flight = new LossyFlight(LossyFlight.POLLS_IN_TIME)) {
                flight.run(
                        from,
                        to,
                        new StreamAddresses(near, "sol"),
                        new StreamAddresses(far, "sol"),
                        new Told(hosts.far()),
                        rate);
            }
            hosts.far().endByInput();
            hosts.near().endByInput();
        }
    }

    private List<String> arguments(String name) {
        return List.of(folder.resolve(name).toString(), Long.toString(LossyFlight.SEED));
    }

    private static void started(ChildProcess driver) throws IOException {
        driver.writeLine(DriverInNamespace.START);
        driver.readLine();
    }

    private Aeron connect(String name) {
        return Aeron.connect(
                new Aeron.Context().aeronDirectoryName(folder.resolve(name).toString()));
    }

    /** Tells the far driver what to lose. */
    private static final class Told implements LossyFlight.Loss {
        private final ChildProcess driver;
        private double rate;
        private long dropped;

        Told(ChildProcess driver) {
            this.driver = driver;
        }

        @Override
        public void rate(double newRate) {
            if (newRate != rate) {
                rate = newRate;
                tell();
            }
        }

        @Override
        public long dropped() {
            tell();
            return dropped;
        }

        private void tell() {
            try {
                driver.writeLine(Double.toString(rate));
                dropped = Long.parseLong(driver.readLine());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
