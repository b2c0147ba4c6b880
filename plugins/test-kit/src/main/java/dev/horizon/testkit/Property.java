package dev.horizon.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What must hold whatever players do: steps drawn by chance, seed after seed, and a look after
 * each. Where it doesn't hold, steps are left out as long as it still doesn't, and the rest is
 * named.
 */
public final class Property {
    /** The seed that a report names, to look at it alone: {@code -Dproperty.seed=7}. */
    public static final String SEED = "property.seed";

    /** Runs that look for what can be left out. */
    private static final int SHRINKS_MAX = 200;

    private final Supplier<TestWorldBuilder> setup;
    private final BiConsumer<TestWorld, Draw> step;
    private final Consumer<TestWorld> invariant;

    private Property(
            Supplier<TestWorldBuilder> setup,
            BiConsumer<TestWorld, Draw> step,
            Consumer<TestWorld> invariant) {
        this.setup = setup;
        this.step = step;
        this.invariant = invariant;
    }

    /**
     * Checks it.
     *
     * @param setup makes a fresh builder
     * @param seeds how many runs, from seed 1 on
     * @param steps of each run
     * @param step one of them: does something, and lets ticks pass
     * @param invariant throws where it doesn't hold
     * @throws AssertionError with the seed, the steps that are needed, and what was thrown
     */
    public static void check(
            Supplier<TestWorldBuilder> setup,
            int seeds,
            int steps,
            BiConsumer<TestWorld, Draw> step,
            Consumer<TestWorld> invariant) {
        Property property = new Property(setup, step, invariant);
        @Nullable Long only = Long.getLong(SEED);
        for (long seed = only == null ? 1 : only; seed <= (only == null ? seeds : only); seed++) {
            property.check(seed, IntStream.range(0, steps).boxed().toList());
        }
    }

    private void check(long seed, List<Integer> steps) {
        Failure failure = run(seed, steps);
        if (failure != null) {
            Failure least = shrink(seed, failure);
            throw new AssertionError(
                    "seed "
                            + seed
                            + ", steps "
                            + least.steps
                            + ": "
                            + least.thrown.getMessage()
                            + "; -D"
                            + SEED
                            + "="
                            + seed
                            + " runs this seed alone",
                    least.thrown);
        }
    }

    private record Failure(List<Integer> steps, Throwable thrown) {}

    /** Steps up to the first behind which it doesn't hold; null where it always does. */
    private @Nullable Failure run(long seed, List<Integer> steps) {
        List<Integer> done = new ArrayList<>();
        try (TestWorld world = setup.get().seed(seed).build()) {
            for (int number : steps) {
                done.add(number);
                step.accept(world, new Draw(seed, number));
                invariant.accept(world);
            }
            return null;
        } catch (RuntimeException | AssertionError thrown) {
            return new Failure(List.copyOf(done), thrown);
        }
    }

    private Failure shrink(long seed, Failure from) {
        Failure least = from;
        int runs = 0;
        int at = 0;
        while (at < least.steps.size() && runs < SHRINKS_MAX) {
            List<Integer> fewer = new ArrayList<>(least.steps);
            fewer.remove(at);
            Failure still = run(seed, fewer);
            runs++;
            if (still == null) {
                at++;
            } else {
                least = still;
            }
        }
        return least;
    }
}
