package dev.horizon.engine.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileStoreTest {
    @TempDir Path directory;
    private Path viewFile;
    private final MemoryJournal journal = new MemoryJournal();

    @BeforeEach
    void nameTheView() {
        viewFile = directory.resolve("profiles.view");
    }

    private ProfileStore open() {
        return ProfileStore.open(journal, viewFile, new ProfileStoreConfig(1_000, 20));
    }

    private static Profile profile(String name, long tick, int ownedBytes) {
        byte[] owned = new byte[ownedBytes];
        java.util.Arrays.fill(owned, (byte) tick);
        return new Profile(Profile.playerId(name), name, tick, "sol", 1, 2, 3, owned);
    }

    @Test
    void shouldFindWhatWasStored() {
        try (ProfileStore store = open()) {
            assertThat(store.find("Ada")).isNull();
            assertThat(store.store(profile("Ada", 7, 100))).isTrue();
            assertThat(store.find("Ada")).isEqualTo(profile("Ada", 7, 100));
            assertThat(store.findLater("Ada").join()).isEqualTo(profile("Ada", 7, 100));
            assertThat(store.journalPosition(Profile.playerId("Ada"))).isEqualTo(1);
            assertThat(store.size()).isEqualTo(1);
        }
    }

    @Test
    void shouldKeepTheLaterTickWhateverTheOrder() {
        try (ProfileStore store = open()) {
            store.store(profile("Ada", 7, 1));
            assertThat(store.store(profile("Ada", 6, 2))).isFalse();
            assertThat(store.store(profile("Ada", 7, 3))).isTrue();
            assertThat(store.find("Ada")).isEqualTo(profile("Ada", 7, 3));
        }
    }

    @Test
    void shouldRefuseASecondNameWithTheSameNumber() {
        try (ProfileStore store = open()) {
            store.store(profile("Ada", 7, 1));
            Profile twin =
                    new Profile(Profile.playerId("Ada"), "Bob", 8, "sol", 0, 0, 0, new byte[0]);
            assertThatThrownBy(() -> store.store(twin))
                    .extracting(e -> ((HorizonException) e).code())
                    .isEqualTo("HZ-PRF-002");
            assertThat(store.find("Ada")).isEqualTo(profile("Ada", 7, 1));
        }
    }

    @Test
    void shouldTakeProfilesOfEverySize() {
        try (ProfileStore store = open()) {
            for (int bytes = 0; bytes < 59_000; bytes += 2_950) {
                store.store(profile("player " + bytes, 1, bytes));
            }
            for (int bytes = 0; bytes < 59_000; bytes += 2_950) {
                assertThat(store.find("player " + bytes))
                        .isEqualTo(profile("player " + bytes, 1, bytes));
            }
        }
    }

    @Test
    void shouldShowTheJournalAfterACleanCloseAndWhatCameBehindIt() {
        try (ProfileStore store = open()) {
            store.store(profile("Ada", 7, 1));
        }
        assertThat(directory.resolve("profiles.view.closed")).exists();
        try (ProfileStore store = open()) {
            store.store(profile("Bob", 8, 1));
            assertThat(store.find("Ada")).isEqualTo(profile("Ada", 7, 1));
            assertThat(directory.resolve("profiles.view.closed")).doesNotExist();
        }
        try (ProfileStore store = open()) {
            assertThat(store.find("Bob")).isEqualTo(profile("Bob", 8, 1));
            assertThat(store.size()).isEqualTo(2);
        }
    }

    @Test
    void shouldRebuildAViewThatWasNotClosedCleanly() throws IOException {
        try (ProfileStore store = open()) {
            store.store(profile("Ada", 7, 1));
            store.store(profile("Bob", 7, 1));
        }
        Files.delete(directory.resolve("profiles.view.closed"));
        Files.write(viewFile, new byte[] {1, 2, 3});
        try (ProfileStore store = open()) {
            assertThat(store.find("Ada")).isEqualTo(profile("Ada", 7, 1));
            assertThat(store.find("Bob")).isEqualTo(profile("Bob", 7, 1));
        }
    }

    @Test
    void shouldRebuildAViewThatIsNotWhatWasClosed() throws IOException {
        try (ProfileStore store = open()) {
            store.store(profile("Ada", 7, 1));
        }
        Files.write(viewFile, new byte[10_000]);
        try (ProfileStore store = open()) {
            assertThat(store.find("Ada")).isEqualTo(profile("Ada", 7, 1));
        }
        Path closed = directory.resolve("profiles.view.closed");
        String oneEntry = Files.readString(closed);
        String twoEntries = oneEntry.replaceFirst("^(1 \\d+) 1 ", "$1 2 ");
        assertThat(twoEntries).isNotEqualTo(oneEntry);
        Files.writeString(closed, twoEntries);
        try (ProfileStore store = open()) {
            assertThat(store.find("Ada")).isEqualTo(profile("Ada", 7, 1));
            assertThat(store.size()).isEqualTo(1);
        }
    }

    @Test
    void shouldRewriteAJournalThatOutgrewItsContents() {
        try (ProfileStore store = open()) {
            store.store(profile("Ada", 0, 0));
            store.store(profile("Bob", 0, 0));
            assertThat(store.compactWhenDue()).isFalse();
            // Positions of this journal count records; contents count bytes.
            int ticks = 4 * 200 + 20;
            for (int tick = 1; tick <= ticks; tick++) {
                store.store(profile("Ada", tick, 0));
            }
            long before = journal.position();
            assertThat(store.compactWhenDue()).isTrue();
            assertThat(journal.size()).isEqualTo(2);
            assertThat(journal.position()).isGreaterThan(before);
            assertThat(store.find("Ada")).isEqualTo(profile("Ada", ticks, 0));
            assertThat(store.find("Bob")).isEqualTo(profile("Bob", 0, 0));
            assertThat(store.journalPosition(Profile.playerId("Ada"))).isGreaterThan(before);
            assertThat(store.compactWhenDue()).isFalse();
        }
        try (ProfileStore store = open()) {
            assertThat(store.find("Bob")).isEqualTo(profile("Bob", 0, 0));
        }
    }
}
