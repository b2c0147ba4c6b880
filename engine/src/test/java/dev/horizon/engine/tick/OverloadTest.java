package dev.horizon.engine.tick;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.events.OverloadChanged;
import dev.horizon.engine.events.OverloadStep;
import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.overload.OverloadConfig;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.world.Position;
import dev.horizon.schemas.ticklog.MessageHeaderDecoder;
import dev.horizon.schemas.ticklog.OverloadStepDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A loop whose ticks take as long as a test says. */
class OverloadTest {
    private static final OverloadConfig CONFIG = new OverloadConfig(true, 850, 600, 100, 1);
    private static final long BUDGET = TimeUnit.MILLISECONDS.toNanos(50);

    private final List<String> told = new ArrayList<>();
    private Rig running;
    private long tickNanos;

    /** Takes its time, and leaves what it was told in the world. */
    private Plugin heavy() {
        return r -> {
            r.events().on(TickStarted.class, (event, context) -> running.clock.now += tickNanos);
            r.events()
                    .on(
                            OverloadChanged.class,
                            (event, context) -> {
                                told.add(
                                        context.tick().number()
                                                + " "
                                                + event.step().word()
                                                + " "
                                                + event.timeRate());
                                context.world()
                                        .create(
                                                new Position(
                                                        event.step().ordinal(),
                                                        event.timeRate(),
                                                        0));
                            });
        };
    }

    /** Ticks for so long, each when it is due. */
    private void run(Rig rig, double seconds, int loadPercent) {
        long end = rig.clock.now + (long) (seconds * 1e9);
        tickNanos = BUDGET * loadPercent / 100;
        while (rig.clock.now < end) {
            long due = rig.clock.now + BUDGET * 1_000 / rig.loop.metrics().dilationPermille();
            rig.tick(1);
            rig.clock.now = Math.max(rig.clock.now, due);
        }
    }

    @Test
    void shouldTakeEachStepAsAnInputThatAReplayTakesToo() {
        List<List<byte[]>> tape;
        List<Long> hashes;
        List<String> live;
        try (Rig rig = new Rig(CONFIG, heavy())) {
            running = rig;
            run(rig, 2, 20);
            run(rig, 20, 300);
            assertThat(rig.loop.metrics().overloadStep()).isEqualTo(OverloadStep.TIME_DILATED);
            assertThat(rig.loop.metrics().dilationPermille()).isEqualTo(200);
            run(rig, 10, 20);
            assertThat(rig.loop.metrics().overloadStep()).isEqualTo(OverloadStep.NORMAL);
            assertThat(rig.loop.metrics().dilationPermille()).isEqualTo(1_000);
            assertThat(rig.loop.metrics().count(Counter.OVERLOAD_STEPS)).isEqualTo(8);
            tape = rig.log.inputs();
            hashes = rig.log.hashes();
            live = List.copyOf(told);
        }
        assertThat(live.stream().map(line -> line.substring(line.indexOf(' ') + 1)))
                .containsExactly(
                        "far-tiers-slower 1.0",
                        "close-tighter 1.0",
                        "cosmetics-shed 1.0",
                        "time-dilated 0.2",
                        "time-dilated 0.6",
                        "cosmetics-shed 1.0",
                        "close-tighter 1.0",
                        "far-tiers-slower 1.0",
                        "normal 1.0");
        assertThat(steps(tape)).containsExactly(1, 2, 3, 4, 3, 2, 1, 0);

        told.clear();
        try (Rig replay = new Rig(heavy())) {
            running = replay;
            // As fast as it can: no tick takes any time, and nothing is decided.
            tickNanos = 0;
            for (List<byte[]> inputs : tape) {
                replay.inputs.addAll(inputs);
                replay.tick(1);
            }
            assertThat(told).isEqualTo(live);
            assertThat(replay.log.hashes()).isEqualTo(hashes);
            assertThat(replay.log.inputs()).usingRecursiveComparison().isEqualTo(tape);
        }
    }

    private static List<Integer> steps(List<List<byte[]>> tape) {
        List<Integer> steps = new ArrayList<>();
        MessageHeaderDecoder header = new MessageHeaderDecoder();
        for (List<byte[]> inputs : tape) {
            for (byte[] input : inputs) {
                UnsafeBuffer buffer = new UnsafeBuffer(input);
                if (header.wrap(buffer, 0).templateId() == OverloadStepDecoder.TEMPLATE_ID) {
                    steps.add(
                            (int)
                                    new OverloadStepDecoder()
                                            .wrapAndApplyHeader(buffer, 0, header)
                                            .step());
                }
            }
        }
        return steps;
    }

    @Test
    void shouldRunTimeAtTheSlowerRateOfTheRecordersAndTheLadders() {
        try (Rig rig = new Rig(CONFIG, heavy())) {
            running = rig;
            run(rig, 2, 20);
            run(rig, 20, 150);
            assertThat(rig.loop.metrics().dilationPermille()).isEqualTo(450);
            rig.log.isRecording = false;
            run(rig, 3, 150);
            assertThat(rig.loop.metrics().dilationPermille()).as("the recorder").isLessThan(450);
            rig.log.isRecording = true;
            run(rig, 1, 150);
            assertThat(rig.loop.metrics().dilationPermille()).as("the ladder").isEqualTo(450);
        }
    }

    @Test
    void shouldTellGatewaysTheStepWithEachTicksEnd() {
        try (Rig rig = new Rig(CONFIG, heavy())) {
            running = rig;
            run(rig, 2, 20);
            assertThat(rig.ends().getLast()).doesNotContain("step");
            run(rig, 2.5, 300);
            rig.tick(1);
            OverloadStep step = rig.loop.metrics().overloadStep();
            assertThat(step).isNotEqualTo(OverloadStep.NORMAL);
            assertThat(rig.ends().getLast()).contains(" step " + step.ordinal());
        }
    }

    @Test
    void shouldKeepTheStepInItsState() {
        byte[] state;
        try (Rig rig = new Rig(CONFIG, heavy())) {
            running = rig;
            run(rig, 2, 20);
            run(rig, 20, 300);
            state = rig.loop.state();
        }
        try (Rig replay = new Rig(heavy())) {
            new LoopState(
                            replay.plugins.events(),
                            replay.schedule,
                            replay.loop.metrics(),
                            List.of(
                                    new TransferState(replay.noTransfers()),
                                    new HandoverState(replay.loop.sessions().handovers())))
                    .read(state);
            assertThat(replay.loop.metrics().overloadStep()).isEqualTo(OverloadStep.TIME_DILATED);
            assertThat(replay.loop.metrics().dilationPermille()).isEqualTo(200);
        }
    }
}
