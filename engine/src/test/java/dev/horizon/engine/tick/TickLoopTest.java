package dev.horizon.engine.tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.events.RawClientMessage;
import dev.horizon.engine.events.RegionStarted;
import dev.horizon.engine.plugin.CommandSpec;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.PositionColumn;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TickLoopTest {
    record Push(double x) {}

    record Pushed(double x) {}

    private final List<String> seen = new ArrayList<>();

    /** A ship per player that drifts, and can be pushed. */
    private final Plugin drift =
            r -> {
                r.system(
                        SystemSpec.of(
                                "drift",
                                Stage.MOVE,
                                Access.reading(MotionColumn.TYPE).writing(PositionColumn.TYPE),
                                (rows, tick) -> {
                                    PositionColumn p = rows.write(PositionColumn.TYPE);
                                    MotionColumn m = rows.read(MotionColumn.TYPE);
                                    for (int i = rows.from(); i < rows.to(); i++) {
                                        p.x[i] += m.vx[i] * tick.dt();
                                    }
                                }));
                r.events().toClient("drift", "pushed", Pushed.class);
                r.events()
                        .on(
                                PlayerConnected.class,
                                (e, c) -> {
                                    EntityId ship =
                                            c.world()
                                                    .create(
                                                            new Position(0, 0, 0),
                                                            new Motion(20, 0, 0, 0, 0, 0),
                                                            new Owner(e.player().id()));
                                    c.players().focus(e.player(), ship);
                                });
                r.events()
                        .onClient(
                                "drift",
                                "push",
                                Push.class,
                                (e, p, c) -> {
                                    EntityId ship = c.players().focus(p);
                                    Position at = c.world().read(ship, Position.class);
                                    c.world().write(ship, new Position(at.x() + e.x(), 0, 0));
                                    c.players().send(p, new Pushed(e.x()));
                                    seen.add("push " + e.x());
                                });
                r.events()
                        .onInput(
                                "drift",
                                "hold",
                                Push.class,
                                (e, p, c) -> seen.add("hold " + e.x()));
            };

    @Test
    void shouldStartRegionsOnceBeforeAnyInput() {
        try (Rig rig =
                new Rig(r ->
                        r.events()
                                .on(
                                        RegionStarted.class,
                                        (e, c) -> seen.add("" + c.tick().number())))) {
            rig.tick(3);

            assertThat(seen).containsExactly("1");
        }
    }

    @Test
    void shouldSimulateWhatItDrained() {
        try (Rig rig = new Rig(drift)) {
            rig.login(5, "Ada");
            rig.event(5, 1, "drift", "push", new Push(100));
            rig.tick(2);

            assertThat(rig.events()).containsExactly("welcome 5", "event 5 pushed");
            assertThat(rig.received)
                    .anySatisfy(m -> assertThat(m).startsWith("focus 5 at 10").endsWith("seq 1"));
            assertThat(rig.loop.metrics().sessions()).isEqualTo(1);
            assertThat(rig.loop.metrics().tick()).isEqualTo(2);
            assertThat(rig.loop.metrics().entities()).isEqualTo(2);
        }
    }

    @Test
    void shouldDispatchOnlyTheLatestOfContinuousInputs() {
        try (Rig rig = new Rig(drift)) {
            rig.login(5, "Ada");
            rig.tick(1);
            rig.event(5, 1, "drift", "hold", new Push(1));
            rig.event(5, 2, "drift", "push", new Push(2));
            rig.event(5, 3, "drift", "hold", new Push(3));
            rig.tick(1);

            assertThat(seen).containsExactly("push 2.0", "hold 3.0");
            assertThat(rig.loop.metrics().count(Counter.INPUTS_SUPERSEDED)).isEqualTo(1);
        }
    }

    @Test
    void shouldDropAndCountWhatCameBefore() {
        try (Rig rig = new Rig(drift)) {
            rig.login(5, "Ada");
            rig.event(5, 2, "drift", "push", new Push(1));
            rig.event(5, 2, "drift", "push", new Push(2));
            rig.event(5, 1, "drift", "push", new Push(3));
            rig.event(6, 9, "drift", "push", new Push(4));
            rig.tick(1);

            assertThat(seen).containsExactly("push 1.0");
            assertThat(rig.loop.metrics().count(Counter.INPUTS_STALE)).isEqualTo(2);
            assertThat(rig.loop.metrics().count(Counter.INPUTS_OF_UNKNOWN_SESSION)).isEqualTo(1);
        }
    }

    @Test
    void shouldTellTheSenderWhenAnEventDoesNotFit() {
        try (Rig rig = new Rig(drift)) {
            rig.login(5, "Ada");
            int push = rig.plugins.events().catalogue().fromClient("drift", "push").id();
            rig.event(5, 1, push, new byte[3], 3);
            rig.event(5, 2, 0x1234, new byte[3], 3);
            rig.tick(1);

            assertThat(rig.events())
                    .containsExactly("welcome 5", "refused 5 HZ-EVT-001", "refused 5 HZ-EVT-015");
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void shouldCountInputsThatAreNoMessages() {
        try (Rig rig = new Rig(drift)) {
            rig.login(5, "Ada");
            byte[] cut = new byte[rig.inputs.peekFirst().length - 1];
            System.arraycopy(rig.inputs.peekFirst(), 0, cut, 0, cut.length);
            rig.inputs.clear();
            for (int length = 0; length < cut.length; length++) {
                rig.inputs.add(java.util.Arrays.copyOf(cut, length));
            }
            rig.inputs.add(new byte[600_000]);
            rig.tick(1);

            assertThat(rig.loop.metrics().sessions()).isZero();
            assertThat(rig.loop.metrics().count(Counter.INPUTS_MALFORMED)).isEqualTo(cut.length);
            assertThat(rig.loop.metrics().count(Counter.INPUTS_OVERSIZED)).isEqualTo(1);
        }
    }

    @Test
    void shouldLeaveToTheNextTickWhatOneDoesNotTake() {
        TickConfig two =
                new TickConfig(
                        20, 2, 4096, 40, 4096, 4096, 4096, 10, 10, 0, 30, 5, 1024, 100, null);
        try (Rig rig = new Rig(two, 1, drift)) {
            rig.login(5, "Ada");
            for (int i = 1; i <= 3; i++) {
                rig.event(5, i, "drift", "push", new Push(i));
            }
            rig.tick(1);
            assertThat(seen).containsExactly("push 1.0");
            rig.tick(1);
            assertThat(seen).hasSize(3);
        }
    }

    @Test
    void shouldHoldEffectsUntilTheTickIsRecorded() {
        try (Rig rig = new Rig(drift)) {
            rig.log.isRecording = false;
            rig.login(5, "Ada");
            CompletableFuture<String> answer = rig.loop.operator().submit("engine:kick Eve");
            rig.tick(3);

            assertThat(rig.received).isEmpty();
            assertThat(answer).isNotDone();
            assertThat(rig.loop.metrics().heldTicks()).isEqualTo(3);

            rig.log.isRecording = true;
            rig.loop.release();

            assertThat(rig.events()).containsExactly("welcome 5");
            assertThat(rig.loop.isHolding()).isFalse();
            assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseInstanceOf(HorizonException.class)
                    .hasMessageContaining("HZ-CMD-008");
        }
    }

    @Test
    void shouldPauseRatherThanTickUnrecorded() {
        try (Rig rig = new Rig(drift)) {
            rig.log.isRecording = false;
            int held = TickConfig.standard().heldTicksMax();
            rig.tick(held);

            assertThat(rig.loop.step()).isFalse();
            assertThat(rig.loop.step()).isFalse();
            assertThat(rig.loop.tick()).isEqualTo(held);
            assertThat(rig.loop.metrics().count(Counter.PAUSES)).isEqualTo(2);

            rig.log.isRecording = true;
            rig.tick(1);
            assertThat(rig.loop.tick()).isEqualTo(held + 1);
        }
    }

    @Test
    void shouldSlowTimeDownBeforeItPausesAndSayItAsAnInput() {
        try (Rig rig = new Rig(drift)) {
            rig.log.isRecording = false;
            int held = TickConfig.standard().heldTicksMax();
            int last = 1_000;
            for (int i = 0; i < held; i++) {
                rig.tick(1);
                int now = rig.loop.metrics().dilationPermille();
                assertThat(now).isBetween(100, last);
                assertThat(now).as("held %d", i).isEqualTo(i <= held / 4 ? 1_000 : now);
                last = now;
            }
            assertThat(last).isEqualTo(100);
            assertThat(rig.log.inputs().stream().filter(inputs -> !inputs.isEmpty()).count())
                    .as("each step of a tenth, once")
                    .isBetween(5L, 9L);

            rig.log.isRecording = true;
            rig.tick(2);
            assertThat(rig.loop.metrics().dilationPermille()).isEqualTo(1_000);
        }
    }

    @Test
    void shouldKeepDrainedInputsWhileTheLogTakesNothing() {
        try (Rig rig = new Rig(drift)) {
            rig.login(5, "Ada");
            rig.log.isFull = true;

            assertThat(rig.loop.step()).isFalse();
            assertThat(rig.loop.tick()).isZero();
            assertThat(rig.world.entities()).isZero();

            rig.log.isFull = false;
            rig.tick(1);
            assertThat(rig.events()).containsExactly("welcome 5");
            assertThat(rig.log.inputs()).hasSize(1);
            assertThat(rig.log.inputs().getFirst()).hasSize(1);
        }
    }

    @Test
    void shouldOfferMessagesAgainInOrderWhenTheSinkTakesNone() {
        try (Rig rig = new Rig(drift)) {
            rig.takesMessages = false;
            rig.login(5, "Ada");
            rig.event(5, 1, "drift", "push", new Push(1));
            rig.tick(3);
            assertThat(rig.received).isEmpty();

            rig.takesMessages = true;
            rig.tick(1);
            assertThat(rig.events()).containsExactly("welcome 5", "event 5 pushed");
        }
    }

    @Test
    void shouldReplayRecordedInputsToTheSameHashes() {
        MemoryTickLog tape;
        try (Rig rig = new Rig(drift)) {
            playAWhile(rig);
            tape = rig.log;
        }
        try (Rig replay = new Rig(drift)) {
            for (List<byte[]> tick : tape.inputs()) {
                replay.inputs.addAll(tick);
                replay.tick(1);
            }

            assertThat(replay.log.hashes()).isEqualTo(tape.hashes()).hasSize(60);
            assertThat(replay.log.hashes()).doesNotHaveDuplicates();
            assertThat(replay.log.messages).containsExactlyElementsOf(tape.messages);
        }
    }

    private static void playAWhile(Rig rig) {
        for (int i = 1; i <= 60; i++) {
            if (i % 7 == 1) {
                rig.login(i, "Player" + i);
            }
            if (i % 20 == 0) {
                rig.logout(8);
            }
            rig.event(1, i, "drift", "push", new Push(i));
            rig.tick(1);
        }
    }

    @Test
    void shouldQuarantineAThrowingSystemAndLiftItByCommand() throws Exception {
        boolean[] throwing = {true};
        Plugin bad =
                r ->
                        r.system(
                                SystemSpec.of(
                                        "bad",
                                        Stage.MOVE,
                                        Access.reading(PositionColumn.TYPE),
                                        (rows, tick) -> {
                                            if (throwing[0]) {
                                                throw new IllegalStateException("boom");
                                            }
                                            seen.add("ran");
                                        }));
        try (Rig rig = new Rig(drift, bad)) {
            rig.login(5, "Ada");
            rig.tick(5);
            assertThat(rig.plugins.events().quarantine().reports())
                    .singleElement()
                    .satisfies(report -> assertThat(report.name()).isEqualTo("plugin-1/bad"));
            throwing[0] = false;
            CompletableFuture<String> answer =
                    rig.loop.operator().submit("engine:lift plugin-1/bad");
            rig.tick(1);

            assertThat(answer.get(10, TimeUnit.SECONDS)).contains("runs again");
            assertThat(seen).contains("ran");
            assertThat(rig.loop.metrics().count(Counter.SYSTEM_FAULTS)).isEqualTo(1);
        }
    }

    @Test
    void shouldTellOfRowsThatASystemWroteWithoutAMark() {
        boolean[] cheating = {false};
        Plugin bad =
                r ->
                        r.system(
                                SystemSpec.of(
                                        "bad",
                                        Stage.MOVE,
                                        Access.reading(PositionColumn.TYPE),
                                        (rows, tick) -> {
                                            if (cheating[0]) {
                                                rows.read(PositionColumn.TYPE).y[rows.from()]++;
                                            }
                                        }));
        try (Rig rig = new Rig(bad)) {
            rig.world.create(new Position(1, 2, 3));
            rig.tick(100);
            assertThat(rig.plugins.events().quarantine().reports()).isEmpty();
            cheating[0] = true;
            rig.tick(1);
            cheating[0] = false;
            rig.tick(100);
            assertThat(rig.loop.metrics().count(Counter.UNMARKED_WRITES)).isEqualTo(1);
            assertThat(rig.plugins.events().quarantine().reports())
                    .singleElement()
                    .satisfies(report ->
                            assertThat(report.stack()).contains("HZ-WLD-009", "Position"));
            assertThat(rig.world.hash()).isEqualTo(rig.world.fullHash());
        }
    }

    @Test
    void shouldRunCommandsAsRecordedInputs() throws Exception {
        Plugin commands =
                r ->
                        r.command(
                                new CommandSpec(
                                        "spawn",
                                        "<x>",
                                        "Makes one.",
                                        (arguments, c) ->
                                                c.world()
                                                        .create(
                                                                new Position(
                                                                        Double.parseDouble(
                                                                                arguments
                                                                                        .getFirst()),
                                                                        0,
                                                                        0))
                                                        .toString()));
        try (Rig rig = new Rig(commands)) {
            CompletableFuture<String> answer = rig.loop.operator().submit("plugin-0:spawn 3");
            rig.tick(1);

            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("1:1");
            assertThat(rig.world.entities()).isEqualTo(1);
            assertThat(rig.log.inputs().getFirst()).hasSize(1);
        }
    }

    @Test
    void shouldHandOnWhatNoPluginDeclared() {
        Plugin raw =
                r ->
                        r.events()
                                .on(
                                        RawClientMessage.class,
                                        (e, c) ->
                                                seen.add(
                                                        e.namespace()
                                                                + ":"
                                                                + e.event()
                                                                + e.data()));
        try (Rig rig = new Rig(raw)) {
            rig.login(5, "Ada");
            rig.raw(5, 1, "new", "thing", "{}");
            rig.tick(1);

            assertThat(rig.plugins.events().acceptsRaw()).isTrue();
            assertThat(seen).containsExactly("new:thing{}");
        }
    }

    @Test
    void shouldShowEntitiesToOtherThreads() throws Exception {
        try (Rig rig = new Rig(drift)) {
            rig.login(5, "Ada");
            rig.tick(1);
            var all = rig.loop.inspector().query(new EntityQuery(List.of("Motion"), List.of(), 10));
            var none = rig.loop.inspector().inspect(EntityId.of(9, 9));
            rig.tick(1);

            EntityView ship = all.get(10, TimeUnit.SECONDS).getFirst();
            assertThat(ship.components()).containsKeys("Motion", "Owner", "Position");
            assertThat(ship.components().get("Position")).isEqualTo(new Position(2, 0, 0));
            assertThat(ship.tick()).isEqualTo(2);
            assertThat(none.get(10, TimeUnit.SECONDS)).isEmpty();
            assertThatThrownBy(() ->
                            rig.loop
                                    .inspector()
                                    .query(new EntityQuery(List.of("Motoin"), List.of(), 1)))
                    .hasMessageContaining("Motion");
        }
    }

    @Test
    void shouldKeepTheRateWithoutDrift() {
        try (Rig rig = new Rig(drift)) {
            long start = rig.clock.now;
            int[] waits = {0};
            rig.clock.onAwait =
                    () -> {
                        rig.clock.now += 3_000_000; // each wait ends late
                        if (++waits[0] == 100) {
                            rig.loop.stop();
                        }
                    };
            rig.loop.run();

            for (int i = 0; i < rig.clock.awaited.size(); i++) {
                assertThat(rig.clock.awaited.get(i)).isEqualTo(start + (i + 1) * 50_000_000L);
            }
            assertThat(rig.loop.metrics().count(Counter.TICKS_SKIPPED)).isZero();
        }
    }

    @Test
    void shouldGiveLostTimeUpRatherThanChaseIt() {
        try (Rig rig = new Rig(drift)) {
            int[] waits = {0};
            rig.clock.onAwait =
                    () -> {
                        waits[0]++;
                        if (waits[0] == 5) {
                            rig.clock.now += 2_000_000_000L;
                        }
                        if (waits[0] == 50) {
                            rig.loop.stop();
                        }
                    };
            rig.loop.run();

            assertThat(rig.loop.metrics().count(Counter.TICKS_SKIPPED)).isBetween(38L, 40L);
            assertThat(rig.loop.tick()).isBetween(49L, 51L);
        }
    }

    @Test
    void shouldAllocateNothingPerTickInSteadyState() {
        try (Rig rig = new Rig(drift)) {
            Rig.StepClock still = rig.clock;
            for (int i = 1; i <= 50; i++) {
                rig.login(i, "Player" + i);
            }
            NullPorts ports = new NullPorts();
            rig.tick(20);
            TickLoop quiet =
                    TickLoop.of(rig.world, rig.schedule, rig.plugins.events())
                            .tickLog(ports)
                            .firstTick(21)
                            .clock(still)
                            .build();
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long thread = Thread.currentThread().threadId();
            long bytes = Long.MAX_VALUE;
            for (int attempt = 0; attempt < 8 && bytes > 0; attempt++) {
                long before = threads.getThreadAllocatedBytes(thread);
                for (int i = 0; i < 2_000; i++) {
                    quiet.step();
                }
                bytes = threads.getThreadAllocatedBytes(thread) - before;
            }

            assertThat(bytes).as("bytes in 2,000 ticks with 50 sessions").isZero();
            assertThat(quiet.metrics().sessions()).isEqualTo(50);
            assertThat(ports.position).isPositive();
        }
    }

    private static final class NullPorts implements dev.horizon.engine.ports.TickLog {
        long position;

        @Override
        public long offer(org.agrona.DirectBuffer buffer, int offset, int length) {
            return position += length;
        }

        @Override
        public long recordedPosition() {
            return position;
        }

        @Override
        public void close() {}
    }
}
