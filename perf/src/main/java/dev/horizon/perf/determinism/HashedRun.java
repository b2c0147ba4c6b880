package dev.horizon.perf.determinism;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.ChannelEncoder;
import dev.horizon.engine.channels.InterestRules;
import dev.horizon.engine.tick.Counter;
import dev.horizon.engine.tick.TickConfig;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.engine.tick.TickMetrics;
import dev.horizon.engine.world.Tier;
import dev.horizon.perf.KeepsNothing;
import dev.horizon.perf.live.SolEngine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One run of the demo star system from a seed with the fake fleet's inputs: the world's hash after
 * every tick. Its main is what a child process runs.
 */
final class HashedRun {
    /** How often the kept hash is compared with one made anew from every row. */
    private static final int FULL_HASH_TICKS = 100;

    private HashedRun() {}

    /** Arguments: ticks, objects, seed, threads, the file for the hashes. */
    public static void main(String[] arguments) throws IOException {
        long[] hashes =
                run(
                        Integer.parseInt(arguments[0]),
                        Integer.parseInt(arguments[1]),
                        Long.parseLong(arguments[2]),
                        Integer.parseInt(arguments[3]));
        ByteBuffer bytes = ByteBuffer.allocate(hashes.length * Long.BYTES);
        bytes.asLongBuffer().put(hashes);
        Files.write(Path.of(arguments[4]), bytes.array());
    }

    /**
     * Runs.
     *
     * @param threads more than one: all systems are spread over them, and everything is published,
     *     which must not show in the hash either
     */
    static long[] run(int ticks, int objects, long seed, int threads) {
        boolean spread = threads > 1;
        try (SolEngine engine = new SolEngine(objects, seed, threads, spread)) {
            TickConfig config = TickConfig.standard();
            var builder =
                    engine.loop()
                            .config(config)
                            .inputs(new FakeFleet(seed))
                            .tickLog(new KeepsNothing());
            if (spread) {
                ChannelEncoder encoder =
                        new ChannelEncoder(
                                engine.world(),
                                ChannelConfig.standard(),
                                config.tickHz(),
                                engine.schedule().crew());
                for (Tier tier : Tier.values()) {
                    for (long id : InterestRules.wholeSystem(tier)) {
                        encoder.subscriptions().onSubscribe(1, id);
                    }
                }
                builder.encoder(encoder);
            }
            try (TickLoop loop = builder.build()) {
                return hashes(loop, engine, ticks);
            }
        }
    }

    private static long[] hashes(TickLoop loop, SolEngine engine, int ticks) {
        long[] hashes = new long[ticks];
        for (int i = 0; i < ticks; i++) {
            if (!loop.step()) {
                throw new IllegalStateException("tick " + (i + 1) + " had to wait");
            }
            hashes[i] = loop.metrics().hash();
            if (i % FULL_HASH_TICKS == FULL_HASH_TICKS - 1
                    && hashes[i] != engine.world().fullHash()) {
                throw new IllegalStateException(
                        "the hash of tick " + (i + 1) + " misses a change: a write was not marked");
            }
        }
        engine.failOnFaults();
        requireInputs(loop.metrics(), ticks);
        return hashes;
    }

    /** A proof over inputs that nobody understood would prove little. */
    private static void requireInputs(TickMetrics metrics, int ticks) {
        if (ticks >= FULL_HASH_TICKS
                && (metrics.count(Counter.LOGINS) == 0
                        || metrics.count(Counter.INPUTS) < ticks
                        || metrics.count(Counter.INPUTS_MALFORMED) > 0
                        || metrics.count(Counter.INPUTS_OF_UNKNOWN_SESSION) > 0)) {
            throw new IllegalStateException("the fake fleet's inputs did not arrive as meant");
        }
    }
}
