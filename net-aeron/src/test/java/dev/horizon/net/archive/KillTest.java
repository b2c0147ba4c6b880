package dev.horizon.net.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.profiles.Profile;
import dev.horizon.engine.profiles.ProfileCodec;
import dev.horizon.engine.profiles.ProfileStore;
import dev.horizon.net.ChildProcess;
import dev.horizon.net.TestDriver;
import dev.horizon.net.driver.EmbeddedDriver;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a real process that stores profiles, again and again on one data directory. More rounds:
 * {@code -Dhorizon.kill-rounds=100}; the same ones: {@code -Dhorizon.kill-seed=...}.
 */
class KillTest {
    private static final int ROUNDS = Integer.getInteger("horizon.kill-rounds", 3);
    private static final long SEED = Long.getLong("horizon.kill-seed", new Random().nextLong());

    @TempDir Path directory;
    private final Map<Integer, Long> acknowledged = new HashMap<>();
    private long lastTick;

    @Test
    void shouldKeepEveryAcknowledgedProfileWheneverItIsKilled() throws Exception {
        Random random = new Random(SEED);
        int incarnation = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String where = "seed " + SEED + ", round " + round;
            Path shared = storeUntilKilled(random);
            assertThat(shared).as(where).isDirectory();
            try (EmbeddedDriver driver = EmbeddedDriver.start(TestDriver.config(directory))) {
                assertThat(shared).as(where).doesNotExist();
                assertThat(driver.incarnation()).as(where).isEqualTo(incarnation + 2);
                incarnation = driver.incarnation();
                checkAll(driver, where);
            }
        }
    }

    @AfterEach
    void removeWhatAKilledChildLeft() {
        EmbeddedDriver.start(TestDriver.config(directory)).close();
    }

    private Path storeUntilKilled(Random random) throws Exception {
        int acknowledgementsBeforeKill = random.nextInt(200);
        try (ChildProcess child =
                ChildProcess.start(
                        JournalChild.class,
                        directory.resolve("data").toString(),
                        // What was stored but not acknowledged before must not look later.
                        Long.toString(lastTick + 1_000),
                        Long.toString(random.nextLong()))) {
            Path shared = Path.of(child.readLine().substring("ready ".length()));
            for (int i = 0; i < acknowledgementsBeforeKill; i++) {
                acknowledge(child.readLine());
            }
            child.kill();
            // What it said before it died was promised as well.
            for (String line = child.readLineOrNull();
                    line != null;
                    line = child.readLineOrNull()) {
                // The last line may be cut.
                if (line.matches("\\d+ \\d+")) {
                    acknowledge(line);
                }
            }
            return shared;
        }
    }

    private void acknowledge(String line) {
        String[] words = line.split(" ");
        acknowledged.put(Integer.parseInt(words[0]), Long.parseLong(words[1]));
        lastTick = Math.max(lastTick, Long.parseLong(words[1]));
    }

    private void checkAll(EmbeddedDriver driver, String where) {
        Map<Long, Profile> journalled = new HashMap<>();
        try (ArchiveJournal journal = ArchiveJournal.open(driver);
                ProfileStore store =
                        ProfileStore.open(
                                journal,
                                directory.resolve("data").resolve("profiles"),
                                JournalChild.storeConfig())) {
            journal.replay(
                    0,
                    (position, buffer, offset, length) -> {
                        Profile profile = ProfileCodec.decode(buffer, offset, length);
                        journalled.merge(
                                profile.playerId(),
                                profile,
                                (a, b) -> b.tick() >= a.tick() ? b : a);
                    });
            assertThat(store.size()).as(where).isEqualTo(journalled.size());
            journalled.forEach(
                    (id, profile) -> assertThat(store.find(id)).as(where).isEqualTo(profile));
            acknowledged.forEach((player, tick) -> {
                Profile found = store.find("player " + player);
                assertThat(found).as(where).isNotNull();
                assertThat(found.tick()).as(where).isGreaterThanOrEqualTo(tick);
                assertThat(found).as(where).isEqualTo(JournalChild.profile(player, found.tick()));
            });
        }
    }
}
