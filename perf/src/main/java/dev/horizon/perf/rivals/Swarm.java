package dev.horizon.perf.rivals;

/**
 * What a server of the swarm came to.
 *
 * @param visible ships that a client holds
 * @param hz messages, or ticks, that a client was told of, per second
 * @param bytesPerClient per second, at the socket
 * @param bytesPerUpdate of one visible ship and tick
 * @param encodeMillis to encode a tick for all clients, and where that is one, to hand it to their
 *     sockets
 * @param cores of the server's process, gateway included
 * @param megabytes resident, the same process
 * @param ageMillis from a tick's begin to a client, the median
 * @param ageMillisP99 the same, 99th percentile
 */
public record Swarm(
        double visible,
        double hz,
        double bytesPerClient,
        double bytesPerUpdate,
        double encodeMillis,
        double cores,
        double megabytes,
        double ageMillis,
        double ageMillisP99) {}
