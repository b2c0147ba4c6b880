package dev.horizon.net.streams;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A receiver whose datagrams are lost: it knows within a second, and is whole within two. In ticks,
 * of which 20 are a second; what Aeron sends again by itself is part of it.
 */
class LossTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "UNICAST, 0.05", "UNICAST, 0.2", "UNICAST, 1",
        "MULTI_DESTINATION, 0.05", "MULTI_DESTINATION, 0.2", "MULTI_DESTINATION, 1",
        "MULTICAST, 0.05", "MULTICAST, 0.2", "MULTICAST, 1"
    })
    void shouldKnowWithinASecondAndBeWholeWithinTwo(TransportKind kind, double rate)
            throws IOException {
        TransportConfig transport = TransportConfig.loopback(kind, freePort());
        StreamAddresses addresses = new StreamAddresses(transport, "sol");
        LossyReceiver loss = new LossyReceiver(LossyFlight.SEED);
        try (MediaDriver sending = MediaDriver.launch(LossyReceiver.driver(at("sending")));
                MediaDriver receiving =
                        MediaDriver.launch(loss.in(LossyReceiver.driver(at("receiving"))));
                Aeron from = connect(sending);
                Aeron to = connect(receiving);
                LossyFlight flight = new LossyFlight(LossyFlight.POLLS_AT_ONCE)) {
            if (kind == TransportKind.MULTICAST) {
                TransportSelfTest.Rung rung = TransportSelfTest.run(from, "localhost").multicast();
                Assumptions.assumeTrue(rung.works(), () -> "no multicast here: " + rung.reason());
            }
            flight.run(from, to, addresses, addresses, loss, rate);
        }
    }

    /** What Aeron doesn't send again: the replica alone notices, and asks until it is whole. */
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.2, 1})
    void shouldKnowAndBeWholeWhenAeronSendsNothingAgain(double rate) {
        StreamAddresses addresses = new StreamAddresses(TransportConfig.ipc(), "sol");
        try (MediaDriver driver = MediaDriver.launch(LossyReceiver.driver(at("both")));
                Aeron aeron = connect(driver);
                LossyFlight flight = new LossyFlight(LossyFlight.POLLS_AT_ONCE)) {
            flight.run(aeron, aeron, addresses, addresses, new BeyondRepair(), rate);
        }
    }

    /** Frames are lost after they came. */
    private static final class BeyondRepair implements LossyFlight.Loss {
        private final Random random = new Random(LossyFlight.SEED);
        private double rate;
        private long dropped;

        @Override
        public void rate(double newRate) {
            rate = newRate;
        }

        @Override
        public long dropped() {
            return dropped;
        }

        @Override
        public boolean losesFrame() {
            boolean isLost = random.nextDouble() < rate;
            dropped += isLost ? 1 : 0;
            return isLost;
        }
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private static Aeron connect(MediaDriver driver) {
        return Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectoryName()));
    }

    /** Free a moment ago, with those behind it most likely free too. */
    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            return Math.min(socket.getLocalPort(), 65_000);
        }
    }
}
