package dev.horizon.engine.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileWriterTest {
    @TempDir Path directory;
    private final MemoryJournal journal = new MemoryJournal();
    private ProfileStore store;
    private ProfileWriter writer;

    @BeforeEach
    void open() {
        store =
                ProfileStore.open(
                        journal, directory.resolve("view"), new ProfileStoreConfig(1_000, 1 << 20));
        store.size();
        writer = new ProfileWriter(store, "sol");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private boolean offer(String name, long tick, double x, byte[] owned) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[5 + text.length + owned.length];
        System.arraycopy(text, 0, bytes, 5, text.length);
        System.arraycopy(owned, 0, bytes, 5 + text.length, owned.length);
        return writer.store(
                Profile.playerId(name),
                tick,
                x,
                2,
                3,
                new UnsafeBuffer(bytes),
                5,
                text.length,
                owned.length);
    }

    @Test
    void shouldStoreWhatTheTickOffers() {
        assertThat(offer("Zoë", 9, 1, new byte[] {4, 5})).isTrue();
        assertThat(store.find("Zoë")).isNull();
        assertThat(writer.doWork()).isEqualTo(1);
        assertThat(store.find("Zoë"))
                .isEqualTo(
                        new Profile(
                                Profile.playerId("Zoë"),
                                "Zoë",
                                9,
                                "sol",
                                1,
                                2,
                                3,
                                new byte[] {4, 5}));
    }

    @Test
    void shouldKeepWhatTheTickDoesNotKnow() {
        store.store(
                new Profile(Profile.playerId("Ada"), "Ada", 1, "vega", 10, 20, 30, new byte[0]));
        offer("Ada", 2, Double.NaN, new byte[] {1});
        writer.doWork();
        assertThat(store.find("Ada"))
                .isEqualTo(
                        new Profile(
                                Profile.playerId("Ada"),
                                "Ada",
                                2,
                                "vega",
                                10,
                                20,
                                30,
                                new byte[] {1}));
    }

    @Test
    void shouldRefuseWhenFullAndStoreAllThatWasTaken() {
        int taken = 0;
        while (offer("player " + taken, 1, 0, new byte[50_000])) {
            taken++;
            assertThat(taken).as("a bound").isLessThan(1_000);
        }
        assertThat(taken).isGreaterThan(50);
        writer.onClose();
        assertThat(store.size()).isEqualTo(taken);
        assertThat(writer.queuedBytes()).isZero();
        assertThat(offer("late", 1, 0, new byte[0])).isTrue();
    }

    @Test
    void shouldTryAgainWhileTheJournalFails() {
        journal.failing(true);
        offer("Ada", 1, 0, new byte[0]);
        assertThat(writer.doWork()).isZero();
        assertThat(store.find("Ada")).isNull();
        journal.failing(false);
        assertThat(writer.doWork()).isEqualTo(1);
        assertThat(store.find("Ada")).isNotNull();
        assertThat(writer.stored()).isEqualTo(1);
    }

    @Test
    void shouldCountWhatIsOlderThanWhatIsStored() {
        offer("Ada", 5, 0, new byte[] {5});
        offer("Ada", 4, 0, new byte[] {4});
        writer.doWork();
        assertThat(store.find("Ada").tick()).isEqualTo(5);
        assertThat(writer.stored()).isEqualTo(1);
        assertThat(writer.outdated()).isEqualTo(1);
    }

    @Test
    void shouldDropAndCountWhatIsTooLong() {
        assertThat(offer("Ada", 1, 0, new byte[ProfileCodec.PROFILE_LENGTH_MAX])).isTrue();
        writer.doWork();
        assertThat(store.find("Ada")).isNull();
        assertThat(writer.dropped()).isEqualTo(1);
    }
}
