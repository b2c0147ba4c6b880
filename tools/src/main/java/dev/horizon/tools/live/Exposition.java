package dev.horizon.tools.live;

import dev.horizon.engine.schedule.Niceness;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Figures in Prometheus' text format. */
public final class Exposition {
    /** Of the text. */
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private Exposition() {}

    /**
     * All figures of a registry. Written by a platform thread: on a virtual one the BufferedWriter
     * that the format's library makes begins with 512 characters and is copied by each write beyond
     * that, which was 25 MB of garbage for 10 KB of text.
     */
    public static String of(PrometheusRegistry registry) {
        FutureTask<String> text = new FutureTask<>(() -> write(registry));
        Niceness.threads("metrics").newThread(text).start();
        try {
            return text.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the metrics can't be written", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while metrics were written", e);
        }
    }

    private static String write(PrometheusRegistry registry) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.builder().build().write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory refused bytes", e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
