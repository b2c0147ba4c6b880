package dev.horizon.net.archive;

import dev.horizon.engine.profiles.Profile;
import dev.horizon.engine.profiles.ProfileStore;
import dev.horizon.engine.profiles.ProfileStoreConfig;
import dev.horizon.net.ChildProcess;
import dev.horizon.net.driver.DriverConfig;
import dev.horizon.net.driver.EmbeddedDriver;
import java.nio.file.Path;
import java.util.Random;

/**
 * A process that stores profiles and says so, until it is killed: "player tick" for each that is
 * safe.
 */
final class JournalChild {
    static final int PLAYERS = 40;

    private JournalChild() {}

    public static void main(String[] arguments) {
        Path data = Path.of(arguments[0]);
        long tick = Long.parseLong(arguments[1]);
        Random random = new Random(Long.parseLong(arguments[2]));
        EmbeddedDriver driver = EmbeddedDriver.start(DriverConfig.at(data));
        ArchiveJournal journal = ArchiveJournal.open(driver);
        ProfileStore store = ProfileStore.open(journal, data.resolve("profiles"), storeConfig());
        ChildProcess.say("ready " + driver.driverDirectory());
        while (true) {
            int player = random.nextInt(PLAYERS);
            store.store(profile(player, ++tick));
            ChildProcess.say(player + " " + tick);
            store.compactWhenDue();
        }
    }

    /** Rewritten every second or so, so that kills meet that too. */
    static ProfileStoreConfig storeConfig() {
        return new ProfileStoreConfig(1_000, 1 << 20);
    }

    /** All of it follows from two numbers, so that a reader can check every byte. */
    static Profile profile(int player, long tick) {
        String name = "player " + player;
        byte[] owned = new byte[(int) (tick * 7_919 % 40_000)];
        new Random(tick).nextBytes(owned);
        return new Profile(Profile.playerId(name), name, tick, "sol", tick, -tick, player, owned);
    }
}
