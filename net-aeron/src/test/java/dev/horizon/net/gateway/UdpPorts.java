package dev.horizon.net.gateway;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;

/** Ports of the loopback address that nobody has. */
final class UdpPorts {
    private static final int ATTEMPTS_MAX = 100;

    private UdpPorts() {}

    /** The first of two. */
    static int two() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (int i = 0; ; i++) {
            try (DatagramSocket first = new DatagramSocket(0, loopback);
                    DatagramSocket second =
                            new DatagramSocket(first.getLocalPort() + 1, loopback)) {
                return second.getLocalPort() - 1;
            } catch (SocketException e) {
                if (i == ATTEMPTS_MAX) {
                    throw new IllegalStateException("no two free ports", e);
                }
            }
        }
    }
}
