package dev.horizon.tools.doctor;

import dev.horizon.tools.config.StreamSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one datagram to a multicast group over the configured interface and waits for it. */
final class MulticastProbe {
    private static final Logger LOG = LoggerFactory.getLogger(MulticastProbe.class);
    private static final int ANSWER_MILLIS_MAX = 500;

    /** An octet that the node's own groups leave free. */
    private static final String LAST_OCTET = ".251";

    private MulticastProbe() {}

    static boolean works(StreamSettings streams) {
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
                Selector selector = Selector.open()) {
            NetworkInterface network = network(streams.networkInterface());
            InetAddress group = InetAddress.getByName(streams.multicastPrefix() + LAST_OCTET);
            if (network == null) {
                return false;
            }
            channel.bind(new InetSocketAddress(0));
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, network);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
            channel.join(group, network);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            channel.send(ByteBuffer.wrap(new byte[] {1}), new InetSocketAddress(group, port));
            return selector.select(ANSWER_MILLIS_MAX) > 0;
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("Multicast over {} failed", streams.networkInterface(), e);
            return false;
        }
    }

    /** By name as in {@code {eth0}}, or by address. */
    private static @Nullable NetworkInterface network(String name) throws IOException {
        return name.startsWith("{")
                ? NetworkInterface.getByName(name.replaceAll("[{}]", ""))
                : NetworkInterface.getByInetAddress(InetAddress.getByName(name));
    }
}
