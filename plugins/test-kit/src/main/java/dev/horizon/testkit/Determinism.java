package dev.horizon.testkit;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Plays a scenario twice, on one thread and on two, and wants the same bits after every tick. */
public final class Determinism {
    private static final int THREADS = 2;

    private Determinism() {}

    /**
     * Plays a scenario twice.
     *
     * @param setup makes a fresh builder
     * @param scenario what happens; lets ticks pass
     * @return the hash after every tick
     * @throws AssertionError naming the first tick that differs, and the components that do
     */
    public static List<Long> check(Supplier<TestWorldBuilder> setup, Consumer<TestWorld> scenario) {
        try (TestWorld one = setup.get().threads(1).build();
                TestWorld two = setup.get().threads(THREADS).build()) {
            scenario.accept(one);
            scenario.accept(two);
            List<Long> first = one.hashes();
            List<Long> second = two.hashes();
            for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
                if (!first.get(i).equals(second.get(i))) {
                    throw new AssertionError(difference(one, two, i));
                }
            }
            if (first.size() != second.size()) {
                throw new AssertionError(
                        "the scenario let " + first.size() + " ticks pass, then " + second.size());
            }
            return first;
        }
    }

    private static String difference(TestWorld one, TestWorld two, int index) {
        Map<String, Long> first = one.componentHashes(index);
        Map<String, Long> second = two.componentHashes(index);
        List<String> components =
                first.keySet().stream()
                        .filter(name -> !Objects.equals(first.get(name), second.get(name)))
                        .toList();
        return "two runs differ from tick "
                + (index + 1)
                + " on, in "
                + (components.isEmpty()
                        ? "which entities there are"
                        : String.join(", ", components));
    }
}
