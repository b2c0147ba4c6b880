package dev.horizon.testkit;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Plays a scenario with and without a reload of all plugins before it, and wants the same bits: a
 * plugin that keeps anything outside columns differs.
 */
public final class Reloading {
    private Reloading() {}

    /**
     * Plays a scenario twice after a common beginning.
     *
     * @param setup makes a fresh builder
     * @param beginning what happens before the reload
     * @param scenario what happens after it; lets ticks pass
     * @return the hash after every tick of the run with the reload
     * @throws AssertionError naming the first tick that differs
     */
    public static List<Long> check(
            Supplier<TestWorldBuilder> setup,
            Consumer<TestWorld> beginning,
            Consumer<TestWorld> scenario) {
        try (TestWorld stays = setup.get().build();
                TestWorld reloads = setup.get().build()) {
            beginning.accept(stays);
            beginning.accept(reloads);
            stays.tick(1);
            reloads.reload();
            int first = reloads.hashes().size();
            scenario.accept(stays);
            scenario.accept(reloads);
            for (int i = first - 1; i < stays.hashes().size(); i++) {
                if (!stays.hashes().get(i).equals(reloads.hashes().get(i))) {
                    throw new AssertionError(
                            "a reload changes what follows, from tick "
                                    + (i + 1)
                                    + " on: keep all state in components");
                }
            }
            return reloads.hashes();
        }
    }
}
