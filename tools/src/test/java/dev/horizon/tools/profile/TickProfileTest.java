package dev.horizon.tools.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.tools.node.NodeProcess;
import dev.horizon.tools.pages.DemoNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TickProfileTest {
    private static final int TICKS = 30;

    /** The one that ran when the recording began, and the last, told before it is recorded. */
    private static final int CUT_OFF = 2;

    /** In the page, before all names. */
    private static final String NAMES = "const cpool = [";

    private static final double EACH = 0;
    private static final double NONE = 1e6;
    @TempDir static Path folder;
    private static Path recording;
    private static long from;
    private static long to;

    @BeforeAll
    static void record() throws Exception {
        recording = folder.resolve("node.jfr");
        try (NodeProcess node = DemoNode.start(folder.resolve("node"));
                Recording of = new Recording()) {
            of.setSettings(NodeRecording.SETTINGS);
            of.start();
            from = node.loop().metrics().tick();
            node.awaitTicks(from + TICKS);
            to = node.loop().metrics().tick();
            of.stop();
            of.dump(recording);
        }
    }

    @Test
    void shouldTellOfEachTickWhatItsPhasesTook() throws Exception {
        TickProfile profile = TickProfile.read(recording, EACH);

        assertThat(profile.ticks())
                .isEqualTo(profile.slow().size())
                .isGreaterThanOrEqualTo(TICKS - CUT_OFF);
        assertThat(profile.budgetMillis()).isEqualTo(50);
        Set<Long> numbers =
                profile.slow().stream().map(SlowTick::number).collect(Collectors.toSet());
        for (long tick = from + CUT_OFF; tick < to; tick++) {
            assertThat(numbers).contains(tick);
        }
        assertThat(profile.slow())
                .allSatisfy(tick -> {
                    assertThat(tick.millis()).isPositive();
                    assertThat(tick.phaseMillis()).isBetween(0.0, tick.millis());
                    assertThat(tick.systemMillis()).isBetween(0.0, tick.millis());
                });
        assertThat(profile.longestMillis())
                .isEqualTo(
                        profile.slow().stream().mapToDouble(SlowTick::millis).max().orElseThrow());
    }

    @Test
    void shouldCountNoTickAsSlowThatKeptWithinWhatWasAskedFor() throws Exception {
        TickProfile profile = TickProfile.read(recording, NONE);

        assertThat(profile.slow()).isEmpty();
        assertThat(profile.ticks()).isGreaterThanOrEqualTo(TICKS - CUT_OFF);
    }

    @Test
    void shouldDrawWhatWasRunWithinSlowTicksAlone() throws Exception {
        Path page = folder.resolve("page.html");
        int samples = TickProfile.read(recording, EACH).flameGraph(recording, "ticks", page);

        long all =
                RecordingFile.readAllEvents(recording).stream()
                        .map(RecordedEvent::getEventType)
                        .filter(type -> type.getName().equals("jdk.ExecutionSample"))
                        .count();
        assertThat((long) samples).isPositive().isLessThanOrEqualTo(all);
        assertThat(Files.readString(page)).contains("<h1>ticks</h1>");
        assertThat(names(page)).contains("tick", "TickLoop.step");
    }

    /** A letter says how much of the name before is shared; the rest follows it. */
    private static List<String> names(Path page) throws IOException {
        List<String> names = new ArrayList<>();
        for (String line :
                Files.readAllLines(page).stream()
                        .dropWhile(each -> !each.equals(NAMES))
                        .skip(1)
                        .toList()) {
            if (!line.startsWith("'")) {
                break;
            }
            String entry = line.substring(1, line.lastIndexOf('\'')).replaceFirst("^\\\\(.)", "$1");
            names.add(
                    names.isEmpty()
                            ? entry
                            : names.getLast().substring(0, entry.charAt(0) - ' ')
                                    + entry.substring(1));
        }
        return names;
    }
}
