package dev.horizon.net.gateway;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which pages may talk to this gateway: its own, and those that were configured. */
final class Origins {
    private final boolean onLoopback;
    private final boolean speaksTls;
    private final List<String> allowed;

    /**
     * Begins.
     *
     * @param speaksTls what came without TLS is none of the gateway's own pages; without, something
     *     in front of it may speak TLS
     */
    Origins(InetAddress bound, boolean speaksTls, List<String> allowed) {
        this.speaksTls = speaksTls;
        this.onLoopback = bound.isLoopbackAddress();
        this.allowed = allowed.stream().map(origin -> origin.toLowerCase(Locale.ROOT)).toList();
    }

    /** True when the request comes from one of them, or from no page at all. */
    boolean isWelcome(@Nullable String origin, @Nullable String host) {
        if (host != null && onLoopback && !isOfThisMachine(host) && !isAllowedHost(host)) {
            // Some name that leads here, though nobody gave it to us: a page that rebinds its own.
            return false;
        }
        if (origin == null) {
            return true;
        }
        String lower = origin.toLowerCase(Locale.ROOT);
        return allowed.contains(lower)
                || (host != null
                        && (lower.equals("https://" + host.toLowerCase(Locale.ROOT))
                                || (!speaksTls
                                        && lower.equals(
                                                "http://" + host.toLowerCase(Locale.ROOT)))));
    }

    private static boolean isOfThisMachine(String host) {
        String name = host.replaceFirst(":\\d+$", "");
        return name.equals("localhost")
                || name.equals("[::1]")
                || name.matches("127\\.\\d+\\.\\d+\\.\\d+");
    }

    private boolean isAllowedHost(String host) {
        return allowed.stream()
                .anyMatch(origin -> host.equalsIgnoreCase(URI.create(origin).getAuthority()));
    }
}
