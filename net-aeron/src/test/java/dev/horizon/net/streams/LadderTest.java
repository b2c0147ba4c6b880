package dev.horizon.net.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.world.Tier;
import dev.horizon.net.TestDriver;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.schemas.replication.FrameEncoder;
import dev.horizon.schemas.replication.MessageHeaderEncoder;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LadderTest {
    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource(names = "IPC", mode = EnumSource.Mode.EXCLUDE)
    void shouldDeliverFramesAndInputsOverLoopback(TransportKind kind) throws IOException {
        try (EmbeddedDriver driver = EmbeddedDriver.start(TestDriver.config(directory))) {
            if (kind == TransportKind.MULTICAST) {
                TransportSelfTest.Rung rung =
                        TransportSelfTest.run(driver.aeron(), "localhost").multicast();
                Assumptions.assumeTrue(rung.works(), () -> "no multicast here: " + rung.reason());
            }
            TransportConfig transport = TransportConfig.loopback(kind, freePort());
            StreamAddresses addresses = new StreamAddresses(transport, "sol");
            List<Long> beside = new ArrayList<>();
            List<Long> seen = new ArrayList<>();
            FrameHandler handler = into(seen);
            try (FramePublisher publisher = new FramePublisher(driver.aeron(), addresses);
                    FrameSubscriber subscriber =
                            new FrameSubscriber(
                                    driver.aeron(), addresses, EnumSet.of(Tier.LOW), handler);
                    FrameSubscriber spy =
                            new FrameSubscriber(
                                    driver.aeron(),
                                    StreamAddresses.beside(transport, "sol"),
                                    EnumSet.of(Tier.LOW),
                                    into(beside));
                    InputStream node = new InputStream(driver.aeron(), addresses);
                    InputPublisher gateway = new InputPublisher(driver.aeron(), addresses)) {
                Connecting.await(
                        "the streams",
                        10_000,
                        () ->
                                publisher.isConnected(Tier.LOW)
                                        && subscriber.isConnected()
                                        && spy.isConnected()
                                        && gateway.isConnected()
                                        && node.gateways() == 1);
                assertThat(publisher.isConnected(Tier.CLOSE)).isFalse();
                subscriber.watchAll(Tier.LOW, true);
                spy.watchAll(Tier.LOW, true);
                ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4_096);
                for (long channel = 0; channel < 50; channel++) {
                    new FrameEncoder()
                            .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                            .channelId(channel);
                    assertThat(publisher.offer(Tier.LOW, channel, buffer, 0, 2_000)).isTrue();
                }
                TestDriver.await("50 frames", () -> subscriber.doWork() >= 0 && seen.size() == 50);
                TestDriver.await(
                        "them beside the node", () -> spy.doWork() >= 0 && beside.size() == 50);
                assertThat(gateway.offer(buffer, 0, 3_000)).isTrue();
                TestDriver.await("the input", () -> node.poll((b, o, l) -> l == 3_000, 10) == 1);
            }
        }
    }

    @Test
    void shouldTellWhichRungsWork() {
        try (EmbeddedDriver driver = EmbeddedDriver.start(TestDriver.config(directory))) {
            TransportSelfTest result = TransportSelfTest.run(driver.aeron(), "localhost");
            assertThat(result.ipc().works()).as(result.ipc().reason()).isTrue();
            assertThat(result.multiDestination().works())
                    .as(result.multiDestination().reason())
                    .isTrue();
            assertThat(result.unicast().works()).as(result.unicast().reason()).isTrue();
            assertThat(result.bestBetweenProcesses()).isNotNull().isNotEqualTo(TransportKind.IPC);
            TransportSelfTest wrong = TransportSelfTest.run(driver.aeron(), "no-such-interface");
            assertThat(wrong.ipc().works()).isTrue();
            assertThat(wrong.multicast().works()).isFalse();
            assertThat(wrong.multicast().reason()).contains("no-such-interface");
        }
    }

    private static FrameHandler into(List<Long> seen) {
        return new FrameHandler() {
            @Override
            public void onFrame(Tier tier, long channelId, DirectBuffer b, int o, int l) {
                seen.add(channelId);
            }

            @Override
            public void onStreamMessage(Tier tier, DirectBuffer b, int o, int l) {}
        };
    }

    /** Free a moment ago, with those behind it most likely free too. */
    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            return Math.min(socket.getLocalPort(), 65_000);
        }
    }
}
