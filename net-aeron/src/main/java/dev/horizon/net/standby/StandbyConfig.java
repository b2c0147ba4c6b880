package dev.horizon.net.standby;

import java.util.concurrent.TimeUnit;

/**
 * How a node and its standby reach each other, and who goes on alone.
 *
 * @param host of this process, as the other reaches it
 * @param port the first of three UDP ports there; 0 for a node that takes no standby
 * @param survivor who goes on alone when the two hear nothing of each other; the node's counts
 * @param silenceMillis after which the other is taken for silent
 */
public record StandbyConfig(String host, int port, Survivor survivor, long silenceMillis) {
    /** What a standby says to its node. */
    static final int TO_NODE_STREAM = 120;

    /** What a node says to its standby. */
    static final int TO_STANDBY_STREAM = 121;

    /** Each says something at least so often within a silence. */
    private static final int VOICES_PER_SILENCE = 16;

    /** Where a node hears standbys. */
    String nodeEndpoint() {
        return host + ":" + port;
    }

    /** Where a standby hears its node: another port, for one process may be both. */
    String standbyEndpoint() {
        return endpoint(host, port);
    }

    /** Where a standby takes the tape. */
    public String tapeEndpoint() {
        return tapeEndpoint(host, port);
    }

    static String endpoint(String host, int port) {
        return host + ":" + (port + 1);
    }

    static String tapeEndpoint(String host, int port) {
        return host + ":" + (port + 2);
    }

    static String channel(String alias, String endpoint) {
        return "aeron:udp?alias=" + alias + "|endpoint=" + endpoint + "|term-length=1m";
    }

    long silenceNanos() {
        return TimeUnit.MILLISECONDS.toNanos(silenceMillis);
    }

    long voiceNanos() {
        return silenceNanos() / VOICES_PER_SILENCE;
    }
}
