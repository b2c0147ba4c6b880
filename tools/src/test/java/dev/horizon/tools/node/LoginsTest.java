package dev.horizon.tools.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.ports.InputSource;
import dev.horizon.schemas.ticklog.MessageHeaderDecoder;
import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import dev.horizon.schemas.ticklog.SessionClosedDecoder;
import dev.horizon.schemas.ticklog.SessionClosedEncoder;
import dev.horizon.schemas.ticklog.SessionOpenedDecoder;
import dev.horizon.schemas.ticklog.SessionOpenedEncoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class LoginsTest {
    private static final int POLLS_MAX = 10_000_000;

    private final Deque<byte[]> inputs = new ArrayDeque<>();
    private final List<String> taken = new ArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();
    private int refusals;
    private final CountDownLatch slow = new CountDownLatch(1);
    private final List<Long> begun = new ArrayList<>();
    private long begins;

    private final Logins logins =
            new Logins(
                    this::poll,
                    player -> {
                        looks.incrementAndGet();
                        if (player.equals("Slow")) {
                            await(slow);
                        }
                        if (player.equals("Torn")) {
                            throw new IllegalStateException("the disk is full");
                        }
                        return player.equals("New") ? new byte[0] : new byte[] {1, 2, 3};
                    });

    @Test
    void shouldAddProfilesAndLetOthersPassWhoWaits() {
        opened(1, "Slow", 0);
        opened(2, "Ada", 0);
        opened(3, "New", 0);
        opened(4, "Torn", 0);
        opened(5, "Eve", 1);
        until(4);
        assertThat(taken)
                .containsExactlyInAnyOrder(
                        "5 Eve 1 0 bytes", "2 Ada 0 3 bytes", "3 New 0 0 bytes", "4 Torn 2 0 bytes")
                .first()
                .isEqualTo("5 Eve 1 0 bytes");
        slow.countDown();
        until(5);
        assertThat(taken).last().isEqualTo("1 Slow 0 3 bytes");
    }

    @Test
    void shouldSayWherePlayersBeginAsTheirGatewayDid() {
        begins = 77;
        opened(1, "Ada", 0);
        until(1);
        assertThat(begun).containsExactly(77L);
        opened(2, "New", 0);
        byte[] now = inputs.removeLast();
        // As version 8 has it: without the last field of the block.
        int block = SessionOpenedEncoder.BLOCK_LENGTH - Long.BYTES;
        byte[] before = new byte[now.length - Long.BYTES];
        int head = MessageHeaderEncoder.ENCODED_LENGTH + block;
        System.arraycopy(now, 0, before, 0, head);
        System.arraycopy(now, head + Long.BYTES, before, head, before.length - head);
        new MessageHeaderEncoder()
                .wrap(new UnsafeBuffer(before), 0)
                .blockLength(block)
                .templateId(SessionOpenedEncoder.TEMPLATE_ID)
                .schemaId(SessionOpenedEncoder.SCHEMA_ID)
                .version(8);
        inputs.add(before);
        until(2);
        assertThat(begun).as("an older gateway says nothing").containsExactly(77L, 0L);
        assertThat(taken).containsExactly("1 Ada 0 3 bytes", "2 New 0 0 bytes");
    }

    @Test
    void shouldNeverBeginASessionThatEndedWhileItWaited() {
        opened(1, "Slow", 0);
        closed(1);
        opened(5, "Eve", 1);
        until(1);
        slow.countDown();
        opened(2, "Ada", 0);
        until(2);
        closed(1);
        until(3);
        assertThat(taken).containsExactly("5 Eve 1 0 bytes", "2 Ada 0 3 bytes", "closed 1");
    }

    @Test
    void shouldLookAgainForWhoIsNotTakenAndLetOthersPass() {
        opened(1, "Ada", 0);
        opened(2, "Eve", 0);
        refusals = 3;
        until(2);
        assertThat(taken).containsExactlyInAnyOrder("1 Ada 0 3 bytes", "2 Eve 0 3 bytes");
        assertThat(refusals).isZero();
        assertThat(looks.get()).isEqualTo(5);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Polls until so many inputs came, as a tick does. */
    private void until(int count) {
        for (int i = 0; i < POLLS_MAX && taken.size() < count; i++) {
            logins.poll(this::take, 100);
            Thread.yield();
        }
        assertThat(taken).hasSize(count);
    }

    private boolean take(DirectBuffer buffer, int offset, int length) {
        MessageHeaderDecoder header = new MessageHeaderDecoder();
        header.wrap(buffer, offset);
        if (header.templateId() == SessionClosedDecoder.TEMPLATE_ID) {
            var closed = new SessionClosedDecoder().wrapAndApplyHeader(buffer, offset, header);
            taken.add("closed " + closed.sessionId());
            return true;
        }
        if (refusals > 0) {
            refusals--;
            return false;
        }
        var opened = new SessionOpenedDecoder().wrapAndApplyHeader(buffer, offset, header);
        String text = opened.sessionId() + " ";
        int kind = opened.resumed();
        begun.add(opened.begins());
        text += opened.playerName() + " " + kind;
        opened.remoteAddress();
        taken.add(text + " " + opened.profileLength() + " bytes");
        return true;
    }

    private int poll(InputSource.InputHandler handler, int limit) {
        int count = 0;
        while (!inputs.isEmpty() && count < limit) {
            byte[] next = inputs.getFirst();
            if (!handler.onInput(new UnsafeBuffer(next), 0, next.length)) {
                break;
            }
            inputs.removeFirst();
            count++;
        }
        return count;
    }

    private void opened(long session, String player, int kind) {
        UnsafeBuffer out = new UnsafeBuffer(new byte[256]);
        var message =
                new SessionOpenedEncoder()
                        .wrapAndApplyHeader(out, 0, new MessageHeaderEncoder())
                        .sessionId(session)
                        .playerId(session)
                        .resumed((short) kind)
                        .begins(begins)
                        .playerName(player)
                        .remoteAddress("here")
                        .putProfile(new byte[0], 0, 0);
        add(out, message.encodedLength());
    }

    private void closed(long session) {
        UnsafeBuffer out = new UnsafeBuffer(new byte[64]);
        var message =
                new SessionClosedEncoder()
                        .wrapAndApplyHeader(out, 0, new MessageHeaderEncoder())
                        .sessionId(session)
                        .reason((short) 0);
        add(out, message.encodedLength());
    }

    private void add(UnsafeBuffer out, int bodyLength) {
        byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + bodyLength];
        out.getBytes(0, bytes);
        inputs.add(bytes);
    }
}
