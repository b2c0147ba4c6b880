package dev.horizon.schemas.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What finds nothing finds what there is. */
class FuzzTest {
    private static final byte[] MESSAGE = {1, 2, 3, 4};

    private final Fuzz fuzz = Fuzz.of("sample", List.of(MESSAGE, new byte[] {5, 6}));

    @Test
    void shouldNameTheInputThatMakesADecoderThrow() {
        assertThatThrownBy(() ->
                        fuzz.run(bytes -> {
                            if (bytes.length == 0) {
                                throw new IllegalStateException("nothing to read");
                            }
                            return true;
                        }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("sample throws: seed " + Fuzz.SEED)
                .cause()
                .hasMessage("nothing to read");
    }

    @Test
    void shouldSeeWhatAnInputAllocates() {
        List<byte[]> kept = new ArrayList<>();
        assertThatThrownBy(() ->
                        fuzz.allocatingAtMost(1_000)
                                .run(bytes -> {
                                    if (bytes.length > MESSAGE.length) {
                                        kept.add(new byte[100_000]);
                                    }
                                    return true;
                                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("of 1000: seed");
        assertThat(kept).isNotEmpty();
    }

    @Test
    void shouldGiveWholeCutLongerAndDamagedOnes() {
        AtomicInteger whole = new AtomicInteger();
        AtomicInteger shorter = new AtomicInteger();
        AtomicInteger longer = new AtomicInteger();
        AtomicInteger lives = new AtomicInteger();
        Fuzz.Outcome outcome =
                fuzz.beginningAnew(1_000, lives::incrementAndGet)
                        .run(bytes -> {
                            boolean isWhole = Arrays.equals(bytes, MESSAGE);
                            whole.addAndGet(isWhole ? 1 : 0);
                            shorter.addAndGet(bytes.length < 2 ? 1 : 0);
                            longer.addAndGet(bytes.length > MESSAGE.length ? 1 : 0);
                            return isWhole;
                        });
        long inputs = outcome.inputs();
        assertThat(outcome.taken()).isEqualTo(whole.get() - 1).isBetween(inputs / 50, inputs / 3);
        assertThat(shorter.get()).isGreaterThan((int) (inputs / 50));
        assertThat(longer.get()).isGreaterThan((int) (inputs / 50));
        assertThat((long) lives.get()).isEqualTo((inputs - 1) / 1_000 + 1);
        assertThat(Fuzz.Outcome.parse(outcome.line())).isEqualTo(outcome);
    }
}
