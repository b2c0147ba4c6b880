package dev.horizon.engine.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.horizon.engine.events.Cancellable;
import dev.horizon.engine.events.DisconnectReason;
import dev.horizon.engine.events.EventShape.Direction;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.events.PlayerDisconnected;
import dev.horizon.engine.plugin.CommandSpec;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.EntityId;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class EventBusTest {
    @Cancellable
    record Say(String text) {}

    record SayToo(String text) {}

    record SayLouder(String text, int volume) {}

    record Step(int depth) {}

    private static final Player ADA = new Player(1, "Ada", 7, EntityId.of(1, 1));

    private final EventBusBuilder builder = EventBus.builder();
    private final List<String> seen = new ArrayList<>();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);

    @Test
    void shouldRunHandlersInOrderOfPriorityPluginAndRegistration() {
        var first = builder.registrar("first");
        var second = builder.registrar("second");
        second.onClient("chat", "message", Say.class, (e, p, c) -> seen.add("second normal"));
        second.onClient("chat", "message", Say.class, -5, (e, p, c) -> seen.add("second early"));
        first.onClient("chat", "message", SayToo.class, (e, p, c) -> seen.add("first normal"));
        first.onClient("chat", "message", SayToo.class, (e, p, c) -> seen.add("first again"));
        first.onClient("chat", "message", SayToo.class, 5, (e, p, c) -> seen.add("first late"));

        assertThat(say(build(), "hi")).isNull();

        assertThat(seen)
                .containsExactly(
                        "second early",
                        "first normal",
                        "first again",
                        "second normal",
                        "first late");
    }

    @Test
    void shouldKeepACancelledEventFromLaterHandlers() {
        var events = builder.registrar("plugin");
        events.onClient("chat", "message", Say.class, -1, (e, p, c) -> c.cancel());
        events.onClient("chat", "message", Say.class, (e, p, c) -> seen.add("late"));
        EventBus bus = build();

        say(bus, "hi");

        assertThat(seen).isEmpty();
        assertThat(bus.statistics().getFirst().cancelled()).isEqualTo(1);
    }

    @Test
    void shouldTellTheSenderWhyAHandlerRefuses() {
        var events = builder.registrar("plugin");
        events.onClient("chat", "message", Say.class, (e, p, c) -> c.refuse("TOO-FAST", "wait"));
        events.onClient("chat", "message", Say.class, (e, p, c) -> seen.add("late"));

        assertThat(say(build(), "hi")).isEqualTo(new Refusal("TOO-FAST", "wait"));
        assertThat(seen).isEmpty();
    }

    private static long deeper(long depth) {
        return depth < 0 ? 0 : deeper(depth + 1) + 1;
    }

    @Test
    void shouldQuarantineWhatRunsOutOfStackOrMemoryAndGoOn() {
        builder.registrar("deep")
                .onClient("chat", "message", Say.class, (e, p, c) -> seen.add("" + deeper(1)));
        builder.registrar("large")
                .onClient(
                        "chat",
                        "message",
                        Say.class,
                        (e, p, c) -> seen.add("" + new long[Integer.MAX_VALUE].length));
        builder.registrar("sane")
                .onClient("chat", "message", Say.class, (e, p, c) -> seen.add(e.text()));
        EventBus bus = build();

        say(bus, "one");
        say(bus, "two");

        assertThat(seen).containsExactly("one", "two");
        assertThat(bus.quarantined()).containsExactly("deep/chat:message", "large/chat:message");
        assertThat(bus.quarantine().takeMachineFault()).as("once").isTrue();
        assertThat(bus.quarantine().takeMachineFault()).isFalse();
        assertThat(bus.running()).isNull();
    }

    @Test
    void shouldQuarantineAThrowingHandlerAndGoOn() {
        var events = builder.registrar("bad");
        events.onClient(
                "chat",
                "message",
                Say.class,
                (e, p, c) -> {
                    throw new IllegalStateException("boom " + seen.size());
                });
        builder.registrar("good")
                .onClient("chat", "message", Say.class, (e, p, c) -> seen.add(e.text()));
        EventBus bus = build();

        say(bus, "one");
        say(bus, "two");

        assertThat(seen).containsExactly("one", "two");
        assertThat(bus.quarantined()).containsExactly("bad/chat:message");
        assertThat(bus.quarantine().reports())
                .singleElement()
                .satisfies(report -> {
                    assertThat(report.tick()).isEqualTo(42);
                    assertThat(report.event()).contains("one");
                    assertThat(report.stack()).contains("boom 0", "EventBusTest");
                });
        assertThat(bus.lift("bad/chat:message")).isTrue();
        assertThat(bus.lift("bad/chat:message")).isFalse();
        say(bus, "three");
        assertThat(bus.quarantine().reports()).hasSize(2);
    }

    @Test
    void shouldRefuseAPayloadBeforeAnyHandlerSeesIt() {
        builder.registrar("plugin")
                .onClient("chat", "message", Say.class, (e, p, c) -> seen.add(e.text()));
        EventBus bus = build();
        int id = bus.catalogue().fromClient("chat", "message").id();

        assertThat(bus.dispatchClient(id, ADA, buffer, 0, 1).code()).isEqualTo("HZ-EVT-001");
        assertThat(bus.dispatchClient(id + 1, ADA, buffer, 0, 1).code()).isEqualTo("HZ-EVT-015");
        assertThat(seen).isEmpty();
        assertThat(bus.statistics().getFirst().refused()).isEqualTo(1);
    }

    private static final class Other {
        record Step(int depth) {}
    }

    /** Counters are read by name: each has one of its own. */
    @Test
    void shouldTellEventsOfOneNameApart() {
        builder.registrar("one").onPlugin(Step.class, (e, c) -> {});
        builder.registrar("two").onPlugin(Other.Step.class, (e, c) -> {});

        assertThat(build().statistics())
                .extracting(EventStatistics::event)
                .containsExactly("Step", Other.Step.class.getName());
    }

    @Test
    void shouldNameBothPluginsWhenTheirShapesDiffer() {
        builder.registrar("one").onClient("chat", "message", Say.class, (e, p, c) -> {});

        assertCode(
                "HZ-EVT-010",
                () ->
                        builder.registrar("two")
                                .onClient("chat", "message", SayLouder.class, (e, p, c) -> {}),
                "one",
                "two");
        assertCode(
                "HZ-EVT-010",
                () ->
                        builder.registrar("three")
                                .onInput("chat", "message", Say.class, (e, p, c) -> {}),
                "one",
                "three");
    }

    @Test
    void shouldDispatchPluginEventsOnceTheHandlersAreDone() {
        var events = builder.registrar("plugin");
        events.onPlugin(Step.class, (e, c) -> seen.add("step " + e.depth()));
        events.onClient(
                "chat",
                "message",
                Say.class,
                (e, p, c) -> {
                    c.emit(new Step(1));
                    c.emit(new Step(2));
                    seen.add("said");
                });
        events.onClient("chat", "message", Say.class, (e, p, c) -> seen.add("heard"));

        say(build(), "hi");

        assertThat(seen).containsExactly("said", "heard", "step 1", "step 2");
    }

    @Test
    void shouldQuarantineHandlersThatRaiseEventsWithoutEnd() {
        var events = builder.registrar("loop");
        events.onPlugin(
                Step.class,
                (e, c) -> {
                    seen.add("step " + e.depth());
                    c.emit(new Step(e.depth() + 1));
                });
        events.on(PlayerDisconnected.class, (e, c) -> c.emit(new Step(1)));
        EventBus bus = build();

        bus.dispatch(new PlayerDisconnected(ADA, DisconnectReason.LEFT));

        assertThat(seen).hasSize(PluginEventQueue.DEPTH_MAX);
        assertThat(bus.quarantined()).containsExactly("loop/Step");
        assertThat(bus.quarantine().reports().getFirst().stack()).contains("HZ-EVT-021");
    }

    @Test
    void shouldBoundTheEventsThatWait() {
        var events = builder.registrar("flood");
        events.onPlugin(Step.class, (e, c) -> seen.add("step"));
        events.on(
                PlayerDisconnected.class,
                (e, c) -> {
                    while (true) {
                        c.emit(new Step(1));
                    }
                });
        EventBus bus = build();

        bus.dispatch(new PlayerDisconnected(ADA, DisconnectReason.LEFT));

        assertThat(seen).hasSize(PluginEventQueue.EVENTS_MAX);
        assertThat(bus.quarantine().reports().getFirst().stack()).contains("HZ-EVT-020");
    }

    @Test
    void shouldRunCommandsAndKeepThrowersOut() {
        builder.command(
                new RegisteredCommand(
                        "plugin",
                        new CommandSpec(
                                "double",
                                "<number>",
                                "Doubles.",
                                (arguments, c) -> {
                                    if (arguments.isEmpty()) {
                                        throw new IllegalArgumentException("a number is missing");
                                    }
                                    return ""
                                            + 2
                                                    * List.of(4)
                                                            .get(
                                                                    Integer.parseInt(
                                                                            arguments.getFirst()));
                                })));
        EventBus bus = build();

        assertThat(bus.command("plugin:double", List.of("0"))).isEqualTo("8");
        assertCode(
                "HZ-CMD-004", () -> bus.command("plugin:double", List.of()), "missing", "<number>");
        assertCode("HZ-CMD-001", () -> bus.command("plugin:halve", List.of()), "plugin:double");
        assertCode("HZ-CMD-003", () -> bus.command("plugin:double", List.of("9")), "threw");
        assertCode("HZ-CMD-002", () -> bus.command("plugin:double", List.of("0")), "engine:lift");
        assertThat(bus.lift("plugin:double")).isTrue();
        assertThat(bus.command("plugin:double", List.of("0"))).isEqualTo("8");
    }

    @Test
    void shouldKnowWhatIsDeclaredForClients() {
        builder.registrar("plugin").toClient("chat", "line", Say.class);
        EventBus bus = build();

        assertThat(bus.outgoing(Say.class).shape().direction()).isEqualTo(Direction.TO_CLIENT);
        assertThatThrownBy(() -> bus.outgoing(Step.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("toClient");
    }

    @Test
    void shouldAllocateNothingButTheEventWhenDispatching() {
        record Number(int value, double other) {}
        var events = builder.registrar("plugin");
        long[] sum = new long[1];
        events.onInput("ship", "controls", Number.class, (e, p, c) -> sum[0] += e.value());
        events.on(PlayerDisconnected.class, (e, c) -> sum[0]++);
        EventBus bus = build();
        int id = bus.catalogue().fromClient("ship", "controls").id();
        buffer.putInt(0, 1);
        PlayerDisconnected left = new PlayerDisconnected(ADA, DisconnectReason.LEFT);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int rounds = 20_000;
        long thread = Thread.currentThread().threadId();
        long perRound = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5 && perRound > 32; attempt++) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < rounds; i++) {
                bus.dispatchClient(id, ADA, buffer, 0, 12);
                bus.dispatch(left);
            }
            perRound = (threads.getThreadAllocatedBytes(thread) - before) / rounds;
        }

        assertThat(perRound)
                .as("bytes per round beside the 32 of the record")
                .isLessThanOrEqualTo(32);
        assertThat(sum[0]).isPositive();
    }

    private Refusal say(EventBus bus, String text) {
        var codec = EventCodec.of(Direction.FROM_CLIENT, "chat", "message", false, Say.class);
        int length = codec.encode(new Say(text), buffer, 0);
        return bus.dispatchClient(codec.shape().id(), ADA, buffer, 0, length);
    }

    private EventBus build() {
        EventBus bus = builder.build(1);
        Untouched.attach(bus);
        return bus;
    }

    private static void assertCode(
            String code,
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call,
            String... words) {
        assertThatThrownBy(call)
                .isInstanceOf(HorizonException.class)
                .hasMessageContainingAll(words)
                .extracting(e -> ((HorizonException) e).code())
                .isEqualTo(code);
    }
}
