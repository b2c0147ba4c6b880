package dev.horizon.net.line;

import dev.horizon.engine.plugin.HorizonException;
import io.aeron.ChannelUriStringBuilder;
import io.aeron.CommonContext;
import java.net.URI;

/**
 * Where a gateway takes lines: two UDP ports, one behind the other. To the first come what clients
 * say; from the second goes what they are told, to where they asked for it from.
 *
 * @param host name or address
 * @param port the first
 */
public record LineAddress(String host, int port) {
    /** Of addresses of gateways, as in {@code aeron://10.0.0.5:8430}. */
    public static final String SCHEME = "aeron";

    /** What clients say; a number of its own on ports of its own. */
    static final int TO_GATEWAY = 1;

    static final int TO_CLIENT = 2;

    /**
     * Half of it may be under way: as much as a socket's buffers hold. Each line has one log each
     * way, of three terms, at either end.
     */
    static final int TERM_BYTES = 64 << 10;

    private static final int PORT_MAX = 65_534;

    /**
     * Reads {@code HOST:PORT}.
     *
     * @param what it is an address of, for the error
     * @throws HorizonException HZ-CFG-008 when it is something else
     */
    public static LineAddress parse(String what, String text) {
        int colon = text.lastIndexOf(':');
        if (colon > 0 && text.substring(colon + 1).matches("[0-9]{1,5}")) {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (port >= 1 && port <= PORT_MAX) {
                return new LineAddress(text.substring(0, colon), port);
            }
        }
        throw new HorizonException(
                "HZ-CFG-008",
                what
                        + " is '"
                        + text
                        + "'; write an address and the first of two UDP ports there, as in"
                        + " 127.0.0.1:8430");
    }

    /**
     * The address in {@code aeron://HOST:PORT}.
     *
     * @throws HorizonException HZ-CFG-008 when it is something else
     */
    public static LineAddress of(URI server) {
        String authority = server.getRawAuthority();
        return parse("the gateway's address", authority == null ? "" : authority);
    }

    /** True for an address of lines. */
    public static boolean isOne(URI server) {
        return SCHEME.equals(server.getScheme());
    }

    /** From where a gateway takes what clients say. */
    String requests() {
        return udp().endpoint(host + ":" + port).build();
    }

    /** Through which a client says it, and asks for the answers of a subscription. */
    String requests(long subscription) {
        return udp().endpoint(host + ":" + port)
                .responseCorrelationId(subscription)
                .termLength(TERM_BYTES)
                .build();
    }

    /** Where a client hears its answers. */
    String answers() {
        return answering().build();
    }

    /** Through which a gateway answers what came by an image. */
    String answers(long image) {
        return answering().responseCorrelationId(image).termLength(TERM_BYTES).build();
    }

    /** The same for nobody yet: it takes the port. */
    String answersToNobody() {
        return answering()
                .responseCorrelationId(CommonContext.PROTOTYPE_CORRELATION_ID)
                .termLength(TERM_BYTES)
                .build();
    }

    private ChannelUriStringBuilder answering() {
        return udp().controlEndpoint(host + ":" + (port + 1))
                .controlMode(CommonContext.CONTROL_MODE_RESPONSE);
    }

    private static ChannelUriStringBuilder udp() {
        return new ChannelUriStringBuilder().media(CommonContext.UDP_MEDIA);
    }

    @Override
    public String toString() {
        return SCHEME + "://" + host + ":" + port;
    }
}
