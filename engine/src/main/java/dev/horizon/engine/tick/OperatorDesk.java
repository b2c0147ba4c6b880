package dev.horizon.engine.tick;

import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.events.DisconnectReason;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.plugin.CommandSpec;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.InputSource;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import dev.horizon.schemas.ticklog.OperatorCommandEncoder;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Takes command lines from any thread, as recorded inputs of a later tick, and answers once that
 * tick is recorded. Commands are {@code plugin:name arguments}; the engine's own are {@code
 * engine:lift NAME}, {@code engine:quarantine SYSTEM}, {@code engine:disable PLUGIN...}, {@code
 * engine:enable PLUGIN...}, {@code engine:kick PLAYER} and {@code engine:close-sessions}.
 */
public final class OperatorDesk implements InputSource {
    private static final int RING_BYTES = 1 << 16;
    private static final int MESSAGE_TYPE = 1;
    private static final int LINE_BYTES_MAX = 4096;

    private final EventBus events;
    private final Schedule schedule;
    private final ManyToOneRingBuffer ring =
            new ManyToOneRingBuffer(
                    new UnsafeBuffer(
                            ByteBuffer.allocateDirect(
                                    RING_BYTES + RingBufferDescriptor.TRAILER_LENGTH)));
    private final ConcurrentHashMap<Long, CompletableFuture<String>> waiting =
            new ConcurrentHashMap<>();
    private final AtomicLong requests = new AtomicLong();
    private final ArrayDeque<Answer> answers = new ArrayDeque<>();
    private final PollHandler pollHandler = new PollHandler();
    private @org.jspecify.annotations.Nullable Sessions sessions;

    OperatorDesk(EventBus events, Schedule schedule) {
        this.events = events;
        this.schedule = schedule;
    }

    void sessions(Sessions of) {
        sessions = of;
    }

    /**
     * Hands a command line to the next tick. From any thread; never waits.
     *
     * @return completes with the answer, or with a {@link HorizonException}, once the tick that ran
     *     it is recorded
     * @throws HorizonException HZ-CMD-005 when too many wait, HZ-CMD-006 for a line that is too
     *     long
     */
    public CompletableFuture<String> submit(String line) {
        byte[] text = line.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        if (text.length > LINE_BYTES_MAX) {
            throw new HorizonException(
                    "HZ-CMD-006",
                    "a command line of " + text.length + " bytes is too long; use a shorter one");
        }
        long id = requests.incrementAndGet();
        UnsafeBuffer message = new UnsafeBuffer(new byte[64 + text.length]);
        OperatorCommandEncoder encoder = new OperatorCommandEncoder();
        encoder.wrapAndApplyHeader(message, 0, new MessageHeaderEncoder())
                .requestId(id)
                .putLine(text, 0, text.length);
        CompletableFuture<String> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        int length = MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
        if (!ring.write(MESSAGE_TYPE, message, 0, length)) {
            waiting.remove(id);
            throw new HorizonException(
                    "HZ-CMD-005", "too many commands wait for the tick; try again in a moment");
        }
        return answer;
    }

    @Override
    public int poll(InputHandler handler, int limit) {
        if (limit <= 0 || ring.size() == 0) {
            return 0;
        }
        pollHandler.handler = handler;
        return ring.controlledRead(pollHandler, limit);
    }

    /** Runs a recorded command; on the tick thread. */
    void run(long requestId, String line) {
        List<String> words = Arrays.stream(line.strip().split("\\s+")).toList();
        String name = words.getFirst();
        List<String> arguments = words.subList(1, words.size());
        String text = "";
        HorizonException fault = null;
        try {
            text =
                    name.startsWith("engine:")
                            ? own(name, arguments)
                            : events.command(name, arguments);
        } catch (HorizonException e) {
            fault = e;
        }
        answers.addLast(new Answer(requestId, text, fault));
    }

    /** Says where the tick's inputs end in the log. */
    void endTick(long position) {
        if (answers.isEmpty()) {
            return; // without an iterator, in the tick that has no commands
        }
        for (Answer answer : answers) {
            if (answer.position < 0) {
                answer.position = position;
            }
        }
    }

    /** Hands out answers whose tick is recorded; what follows from them runs on other threads. */
    void release(long recordedPosition) {
        while (!answers.isEmpty()
                && answers.getFirst().position >= 0
                && answers.getFirst().position <= recordedPosition) {
            Answer answer = answers.removeFirst();
            CompletableFuture<String> future = waiting.remove(answer.requestId);
            if (future != null && answer.fault == null) {
                future.completeAsync(() -> answer.text);
            } else if (future != null) {
                Thread.ofVirtual().start(() -> future.completeExceptionally(answer.fault));
            }
        }
    }

    /** The engine's own, for whoever asks what there is; the desk itself runs them. */
    public static List<CommandSpec> commands() {
        CommandSpec.Action never =
                (arguments, context) -> {
                    throw new UnsupportedOperationException("the desk runs the engine's commands");
                };
        return List.of(
                new CommandSpec("lift", "<name>", "Lets run again what is in quarantine.", never),
                new CommandSpec("quarantine", "<system>", "Skips a system.", never),
                new CommandSpec(
                        "disable", "<plugin>...", "Skips plugins; see plugin disable.", never),
                new CommandSpec(
                        "enable", "<plugin>...", "Runs plugins again; see plugin enable.", never),
                new CommandSpec("kick", "<player>", "Ends a player's session.", never),
                new CommandSpec("close-sessions", "", "Ends all sessions.", never));
    }

    private String own(String name, List<String> arguments) {
        return switch (name) {
            case "engine:lift" -> lift(only(name, arguments));
            case "engine:quarantine" -> quarantine(only(name, arguments));
            case "engine:disable" -> skip(arguments, true);
            case "engine:enable" -> skip(arguments, false);
            case "engine:kick" -> kick(only(name, arguments));
            case "engine:close-sessions" -> {
                Sessions all = sessions;
                int ended = all == null ? 0 : all.endAll(DisconnectReason.NODE_STOPPING);
                yield ended + " sessions ended";
            }
            default ->
                    throw new HorizonException(
                            "HZ-CMD-001",
                            "no command '"
                                    + name
                                    + "'; there are engine:lift, engine:quarantine,"
                                    + " engine:disable, engine:enable, engine:kick,"
                                    + " engine:close-sessions");
        };
    }

    private String lift(String name) {
        if (events.lift(name)) {
            return name + " runs again";
        }
        try {
            schedule.lift(name);
        } catch (IllegalArgumentException e) {
            throw unknown(name);
        }
        return name + " runs again";
    }

    private String quarantine(String name) {
        try {
            schedule.quarantine(name);
        } catch (IllegalArgumentException e) {
            throw unknown(name);
        }
        return name + " is skipped from now on";
    }

    private String skip(List<String> plugins, boolean isSkipped) {
        if (plugins.isEmpty()) {
            throw new HorizonException("HZ-CMD-004", "name the plugins");
        }
        for (String plugin : plugins) {
            events.skip(plugin, isSkipped);
            schedule.skip(plugin, isSkipped);
        }
        return String.join(", ", plugins) + (isSkipped ? ": skipped from now on" : ": runs again");
    }

    private String kick(String name) {
        Sessions all = sessions;
        Player player = all == null ? null : all.named(name);
        if (all == null || player == null) {
            throw new HorizonException("HZ-CMD-008", "no player " + name + " has a session here");
        }
        all.disconnect(player, "HZ-SES-007", "an operator ended the session");
        return name + " is disconnected";
    }

    private HorizonException unknown(String name) {
        return new HorizonException(
                "HZ-CMD-007",
                "no handler or system '"
                        + name
                        + "' is in quarantine; in quarantine are: "
                        + events.quarantined());
    }

    private static String only(String name, List<String> arguments) {
        if (arguments.size() != 1) {
            throw new HorizonException("HZ-CMD-004", name + " takes one name");
        }
        return arguments.getFirst();
    }

    private static final class Answer {
        final long requestId;
        final String text;
        final @org.jspecify.annotations.Nullable HorizonException fault;
        long position = -1;

        Answer(
                long requestId,
                String text,
                @org.jspecify.annotations.Nullable HorizonException fault) {
            this.requestId = requestId;
            this.text = text;
            this.fault = fault;
        }
    }

    /** Leaves in the ring what the handler doesn't take. */
    private static final class PollHandler implements ControlledMessageHandler {
        @org.jspecify.annotations.Nullable InputHandler handler;

        @Override
        public Action onMessage(
                int type, org.agrona.MutableDirectBuffer buffer, int index, int length) {
            InputHandler current = handler;
            return current != null && current.onInput(buffer, index, length)
                    ? Action.CONTINUE
                    : Action.ABORT;
        }
    }
}
