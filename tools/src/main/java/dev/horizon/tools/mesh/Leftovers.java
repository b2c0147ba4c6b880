package dev.horizon.tools.mesh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Processes that outlived the command that started them, as after a {@code kill -9} of it: known by
 * their numbers and the times of their start, for numbers are given again.
 */
final class Leftovers {
    private static final String SUFFIX = ".pid";
    private static final long END_SECONDS_MAX = 10;

    private final Path folder;

    Leftovers(Path folder) {
        this.folder = folder;
    }

    /** Remembers a process that was started. */
    void note(String name, ProcessHandle process) throws IOException {
        Optional<Instant> start = process.info().startInstant();
        Files.writeString(
                file(name),
                process.pid() + " " + start.map(Instant::toEpochMilli).orElse(0L) + "\n");
    }

    /** Forgets one that has ended. */
    void forget(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String name) {
        return folder.resolve(name + SUFFIX);
    }

    /**
     * Ends those that still run, by force where they take long.
     *
     * @return their names
     */
    List<String> end() throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        List<ProcessHandle> ending = new ArrayList<>();
        for (Path file : files()) {
            Optional<ProcessHandle> found = process(Files.readString(file));
            if (found.isPresent()) {
                found.get().destroy();
                ending.add(found.get());
                names.add(file.getFileName().toString().replace(SUFFIX, ""));
            }
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS_MAX);
        for (ProcessHandle each : ending) {
            awaitEnd(each, end);
        }
        for (Path file : files()) {
            Files.delete(file);
        }
        return names;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
        }
    }

    private static Optional<ProcessHandle> process(String text) {
        String[] words = text.strip().split(" ");
        if (words.length != 2) {
            return Optional.empty(); // The machine went down while it was written.
        }
        long start = Long.parseLong(words[1]);
        return ProcessHandle.of(Long.parseLong(words[0]))
                .filter(ProcessHandle::isAlive)
                .filter(process ->
                        process.info()
                                .startInstant()
                                .filter(at -> at.toEpochMilli() == start)
                                .isPresent());
    }

    private static void awaitEnd(ProcessHandle process, long end) throws InterruptedException {
        try {
            process.onExit().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            process.onExit().join();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a process can't be awaited", e);
        }
    }
}
