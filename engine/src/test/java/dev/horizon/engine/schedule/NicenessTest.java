package dev.horizon.engine.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.condition.OS.LINUX;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;

@EnabledOnOs(LINUX)
class NicenessTest {
    /** Of {@code /proc/thread-self/stat}, counted behind the name, which may contain anything. */
    private static final int NICE_FIELD = 16;

    @Test
    void shouldMakeItsThreadsNicerThanOthersAndOthersNot() throws InterruptedException {
        int ours = niceOfThisThread();
        AtomicInteger theirs = new AtomicInteger();
        ThreadFactory threads = Niceness.threads("nice");
        Thread nice = threads.newThread(() -> theirs.set(niceOfThisThread()));
        nice.start();
        nice.join();
        assertThat(nice.getName()).isEqualTo("nice");
        assertThat(theirs.get()).isGreaterThan(ours);
        assertThat(niceOfThisThread()).isEqualTo(ours);
    }

    @Test
    void shouldMakeCompilersNicerAndNoOtherThread() throws IOException {
        int ours = niceOfThisThread();
        Niceness.compilersGiveWay();
        int compilers = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path thread : threads) {
                OptionalInt nice = niceUnlessEnded(thread);
                if (nice.isPresent() && isCompiler(thread)) {
                    assertThat(nice.getAsInt()).isGreaterThan(ours);
                    compilers++;
                }
            }
        }
        assertThat(compilers).isPositive();
        assertThat(niceOfThisThread()).isEqualTo(ours);
    }

    @Test
    void shouldMakeAllThreadsOfAProcessNicer() throws IOException, InterruptedException {
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                GivesWay.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            String said = new String(child.getInputStream().readAllBytes(), UTF_8);
            assertThat(child.waitFor()).isZero();
            assertThat(said.lines().map(Integer::parseInt))
                    .hasSizeGreaterThan(2)
                    .allMatch(nice -> nice > niceOfThisThread());
        } finally {
            child.destroyForcibly();
        }
    }

    /** A process that says how nice each of its threads is, and one that began since. */
    static final class GivesWay {
        private GivesWay() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            Niceness.processGivesWay();
            Thread later = new Thread(() -> System.out.println(niceOfThisThread()));
            later.start();
            later.join();
            try (DirectoryStream<Path> threads =
                    Files.newDirectoryStream(Path.of("/proc/self/task"))) {
                for (Path thread : threads) {
                    niceUnlessEnded(thread).ifPresent(System.out::println);
                }
            }
        }
    }

    /** Whoever runs the tests nicely is as nice as that already. */
    @BeforeEach
    void requireAnOrdinaryProcess() {
        assumeThat(niceOfThisThread()).isLessThanOrEqualTo(0);
    }

    private static boolean isCompiler(Path thread) throws IOException {
        try {
            return Files.readString(thread.resolve("comm")).matches("C[12] Compiler.*\n");
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Compilers come and go. */
    private static OptionalInt niceUnlessEnded(Path thread) {
        try {
            return OptionalInt.of(nice(thread));
        } catch (UncheckedIOException e) {
            return OptionalInt.empty();
        }
    }

    private static int niceOfThisThread() {
        return nice(Path.of("/proc/thread-self"));
    }

    private static int nice(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Integer.parseInt(fields[NICE_FIELD]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
