package dev.horizon.engine.tick;

import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.dispatch.EventCodec;
import dev.horizon.engine.dispatch.Payloads;
import dev.horizon.engine.dispatch.RegisteredTask;
import dev.horizon.engine.events.AsyncFailed;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.InputSource;
import dev.horizon.engine.ports.TickClock;
import dev.horizon.schemas.ticklog.AsyncResultEncoder;
import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Slow work off the tick. Its answers are recorded inputs, so a replay takes them from the tape and
 * starts nothing. However many are asked for, so many run; the others wait their turn.
 *
 * <p>It runs on platform threads: code that loops for ever would keep one of the few carriers of
 * virtual threads to itself, and the node's pages, logins and answers wait for those.
 */
final class AsyncDesk implements InputSource {
    /** Each may wait for a socket of its own; more would wait for the same two cores. */
    static final int RUNNING_MAX = 64;

    /** What is asked beyond this fails at once, as a recorded answer. */
    static final int WAITING_MAX = 4096;

    private static final long NANOS_MAX = 60_000_000_000L;

    /** Threads that one kind of work may hold for good: nothing can stop one. */
    static final int STUCK_MAX = 4;

    private static final int REASON_CHARACTERS_MAX = 1_000;

    private final EventBus events;
    private final boolean runs;
    private final TickClock clock;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("async").factory());
    private final List<Job> running = new ArrayList<>();

    /** Those that were given up and haven't returned. */
    private final List<Job> stuck = new ArrayList<>();

    private final ArrayDeque<Job> waiting = new ArrayDeque<>();
    private final Queue<byte[]> answers = new ConcurrentLinkedQueue<>();
    private long jobs;

    /**
     * A desk.
     *
     * @param runs false where answers come from a tape
     */
    AsyncDesk(EventBus events, boolean runs, TickClock clock) {
        this.events = events;
        this.runs = runs;
        this.clock = clock;
    }

    /** Starts work; tick thread. */
    void start(RegisteredTask<?, ?> task, Record input) {
        if (!runs) {
            return;
        }
        Job job = new Job(++jobs, task, events.waiting(task.answer()), input);
        if (waiting.size() == WAITING_MAX) {
            job.fail("more than " + WAITING_MAX + " tasks wait");
        } else if (stuck(task.name()) >= STUCK_MAX) {
            job.fail("it isn't begun: " + STUCK_MAX + " before it took too long, and still run");
        } else {
            waiting.add(job);
        }
    }

    @Override
    public int poll(InputHandler handler, int limit) {
        if (!runs || (running.isEmpty() && waiting.isEmpty() && answers.isEmpty())) {
            return 0;
        }
        advance();
        int taken = 0;
        while (taken < limit) {
            byte[] next = answers.peek();
            if (next == null || !handler.onInput(new UnsafeBuffer(next), 0, next.length)) {
                break;
            }
            answers.remove();
            taken++;
        }
        return taken;
    }

    private int stuck(String task) {
        stuck.removeIf(job -> job.thread == null);
        int count = 0;
        for (Job job : stuck) {
            count += job.task.name().equals(task) ? 1 : 0;
        }
        return count;
    }

    private void advance() {
        long now = clock.nanoTime();
        running.removeIf(job -> job.isOver(now));
        while (running.size() < RUNNING_MAX && !waiting.isEmpty()) {
            Job job = waiting.remove();
            running.add(job);
            job.begin(now);
        }
    }

    /** Raises a recorded answer. */
    void apply(String name, boolean isFailed, byte[] result, long tick) {
        if (isFailed) {
            fail(name, new String(result, StandardCharsets.UTF_8), tick);
            return;
        }
        RegisteredTask<?, ?> task = events.task(name);
        if (task != null) {
            try {
                events.raise(task.answer().getName(), new UnsafeBuffer(result), 0, result.length);
            } catch (HorizonException e) {
                fail(name, "its answer no longer fits: " + e.getMessage(), tick);
            }
        }
    }

    private void fail(String name, String reason, long tick) {
        RegisteredTask<?, ?> task = events.task(name);
        events.quarantine()
                .add(
                        "async " + name,
                        task == null ? "engine" : task.plugin(),
                        tick,
                        reason,
                        new HorizonException("HZ-ASY-001", reason));
        events.dispatch(new AsyncFailed(name, reason));
    }

    /** One piece of work. The first of its answer, its fault and its deadline counts. */
    private final class Job {
        private final long id;
        private final RegisteredTask<?, ?> task;
        private final EventCodec<?> codec;
        private final Record input;
        private final AtomicBoolean isAnswered = new AtomicBoolean();
        private volatile @Nullable Thread thread;
        private long startedNanos;

        Job(long id, RegisteredTask<?, ?> task, EventCodec<?> codec, Record input) {
            this.id = id;
            this.task = task;
            this.codec = codec;
            this.input = input;
        }

        void begin(long now) {
            startedNanos = now;
            threads.execute(this::run);
        }

        private void run() {
            thread = Thread.currentThread();
            try {
                Record answer = task.run(input);
                UnsafeBuffer buffer = new UnsafeBuffer(new byte[Payloads.PAYLOAD_BYTES_MAX]);
                byte[] bytes = new byte[codec.encode(answer, buffer, 0)];
                buffer.getBytes(0, bytes);
                answer(false, bytes);
            } catch (Throwable e) {
                fail(String.valueOf(e));
            } finally {
                end();
            }
        }

        /** From here on an interrupt would reach whatever the thread does next. */
        private synchronized void end() {
            thread = null;
            var unused = Thread.interrupted();
        }

        boolean isOver(long now) {
            if (!isAnswered.get() && now - startedNanos > NANOS_MAX) {
                giveUp();
            }
            return isAnswered.get();
        }

        private synchronized void giveUp() {
            Thread of = thread;
            if (of == null) {
                fail("it took longer than a minute");
                return;
            }
            String stack =
                    Stream.of(of.getStackTrace())
                            .map(frame -> "\n\tat " + frame)
                            .collect(Collectors.joining());
            fail("it took longer than a minute, and stands" + stack);
            stuck.add(this);
            of.interrupt();
        }

        void fail(String reason) {
            String shown =
                    reason.length() <= REASON_CHARACTERS_MAX
                            ? reason
                            : reason.substring(0, REASON_CHARACTERS_MAX);
            answer(true, shown.getBytes(StandardCharsets.UTF_8));
        }

        private void answer(boolean isFailed, byte[] result) {
            if (!isAnswered.compareAndSet(false, true)) {
                return;
            }
            byte[] name = task.name().getBytes(StandardCharsets.UTF_8);
            byte[] message =
                    new byte
                            [MessageHeaderEncoder.ENCODED_LENGTH
                                    + AsyncResultEncoder.BLOCK_LENGTH
                                    + AsyncResultEncoder.pluginHeaderLength()
                                    + name.length
                                    + AsyncResultEncoder.resultHeaderLength()
                                    + result.length];
            new AsyncResultEncoder()
                    .wrapAndApplyHeader(new UnsafeBuffer(message), 0, new MessageHeaderEncoder())
                    .jobId(id)
                    .failed((short) (isFailed ? 1 : 0))
                    .putPlugin(name, 0, name.length)
                    .putResult(result, 0, result.length);
            answers.add(message);
        }
    }
}
