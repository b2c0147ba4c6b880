package dev.horizon.tools.node;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Ports of a coordinator's member in a test. */
public final class MemberPorts {
    private static final int PORTS = 5;

    private MemberPorts() {}

    /** The first of five UDP ports in a row that nobody has. */
    public static int free() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        while (true) {
            List<DatagramSocket> held = new ArrayList<>();
            try {
                DatagramSocket first = new DatagramSocket(0, loopback);
                held.add(first);
                for (int i = 1; i < PORTS; i++) {
                    held.add(new DatagramSocket(first.getLocalPort() + i, loopback));
                }
                return first.getLocalPort();
            } catch (IOException | IllegalArgumentException e) {
                // One of them is taken: look elsewhere.
            } finally {
                held.forEach(DatagramSocket::close);
            }
        }
    }
}
