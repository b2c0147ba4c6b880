package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.schemas.replication.ForgetDecoder;
import dev.horizon.schemas.replication.FrameDecoder;
import dev.horizon.schemas.replication.GlanceDecoder;
import dev.horizon.schemas.replication.MessageHeaderDecoder;
import dev.horizon.schemas.replication.RecutDecoder;
import dev.horizon.schemas.replication.ViewDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayFanOutTest {
    private static final String NEAR = Long.toHexString(GatewayRig.NEAR);
    private static final String FAR = Long.toHexString(GatewayRig.FAR);

    /** With 500 characters each more than sockets take at once. */
    private static final int LINES = 300;

    @TempDir private Path folder;
    private @Nullable GatewayRig rig;

    @AfterEach
    void stop() {
        if (rig != null) {
            rig.close();
        }
    }

    private GatewayRig start(GatewayConfig config) {
        GatewayRig started = new GatewayRig(folder, config, builder -> builder);
        rig = started;
        return started;
    }

    /** What a client heard, as channel#sequence, with k for keyframes, or forget channel. */
    private static final class Heard implements HorizonClient.BinaryHandler {
        final List<String> messages = new CopyOnWriteArrayList<>();
        private volatile int latest;
        private int gaps;

        @Override
        public synchronized void onMessage(UnsafeBuffer buffer, int length) {
            MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, 0);
            if (header.templateId() == ViewDecoder.TEMPLATE_ID
                    || header.templateId() == GlanceDecoder.TEMPLATE_ID) {
                return;
            }
            if (header.templateId() == ForgetDecoder.TEMPLATE_ID) {
                ForgetDecoder forget = new ForgetDecoder().wrapAndApplyHeader(buffer, 0, header);
                messages.add("forget " + Long.toHexString(forget.channelId()));
                return;
            }
            if (header.templateId() == RecutDecoder.TEMPLATE_ID) {
                RecutDecoder recut = new RecutDecoder().wrapAndApplyHeader(buffer, 0, header);
                String to = Long.toHexString(recut.toChannelId());
                messages.add(Long.toHexString(recut.fromChannelId()) + ">" + to);
                return;
            }
            FrameDecoder frame = new FrameDecoder().wrapAndApplyHeader(buffer, 0, header);
            boolean keyframe = (frame.flags() & 1) != 0;
            int sequence = (int) frame.sequence();
            if (!keyframe && sequence != latest + 1) {
                gaps++;
            }
            latest = sequence;
            messages.add(Long.toHexString(frame.channelId()) + (keyframe ? "k" : "#") + sequence);
        }

        int latest() {
            return latest;
        }

        /** Frames that followed on no other, for a test of one channel. */
        synchronized int gaps() {
            return gaps;
        }
    }

    private HorizonClient join(GatewayRig rig, String player, Heard heard, double x) {
        HorizonClient client = HorizonClient.connect(rig.server, player, rig.ticket(player), heard);
        rig.node.focus(rig.session(player), x, 0, 0);
        return client;
    }

    private static void subscribed(GatewayRig rig) {
        rig.until(
                "it subscribes",
                () ->
                        rig.node.subscriptions.contains("+" + NEAR)
                                && rig.node.subscriptions.contains("+" + FAR));
    }

    @Test
    void shouldSendWhatIsNearOnceSubscribed() {
        GatewayRig rig = start(GatewayConfig.defaults());
        Heard heard = new Heard();
        try (HorizonClient ada = join(rig, "Ada", heard, 0)) {
            subscribed(rig);
            rig.node.frame(GatewayRig.NEAR, 1, true, 10);
            rig.node.frame(GatewayRig.NEAR, 2, false, 10);
            rig.node.frame(ChannelId.of(SizeClass.CRAFT, Tier.LOW, 4_000, 0, 0), 1, true, 10);
            rig.node.frame(GatewayRig.FAR, 9, true, 10);
            rig.until("all came", () -> heard.messages.size() == 3);
            assertThat(heard.messages).containsExactly(NEAR + "k1", NEAR + "#2", FAR + "k9");

            rig.node.focus(rig.session("Ada"), 500_000, 0, 0);
            rig.until("it forgets", () -> heard.messages.size() == 4);
            assertThat(heard.messages.getLast()).isEqualTo("forget " + NEAR);
            assertThat(rig.node.subscriptions).contains("-" + NEAR);
        }
    }

    @Test
    void shouldHandOnWhatASplitCellHoldsAndForgetThePartsBeyondReach() {
        GatewayRig rig = start(GatewayConfig.defaults());
        Heard heard = new Heard();
        long near = ChannelId.of(SizeClass.CRAFT, Tier.LOW, 1, 0, 0, 0);
        long beyond = ChannelId.of(SizeClass.CRAFT, Tier.LOW, 1, 1, 0, 0);
        try (HorizonClient ada = join(rig, "Ada", heard, -80_000)) {
            subscribed(rig);
            rig.node.frame(GatewayRig.NEAR, 1, true, 10);
            // While a frame of the cell waits, it might be dropped yet, and nothing is carried
            // over.
            rig.until("it came", () -> heard.messages.size() == 1);
            rig.node.recut(GatewayRig.NEAR, 2, near, 33, true, 0);
            rig.node.recut(GatewayRig.NEAR, 3, beyond, 49, true);
            rig.node.frame(near, 34, false, 10);
            rig.node.frame(beyond, 50, false, 10);
            rig.until("they came", () -> heard.messages.size() == 5);
            rig.node.recut(near, 35, GatewayRig.NEAR, 4, false, 0);
            rig.until("all came", () -> heard.messages.size() == 6);
            String part = Long.toHexString(near);
            String away = Long.toHexString(beyond);
            assertThat(heard.messages)
                    .containsExactly(
                            NEAR + "k1",
                            NEAR + ">" + part,
                            NEAR + ">" + away,
                            "forget " + away,
                            part + "#34",
                            part + ">" + NEAR);
            // What the client lacks of a merge comes by keyframe, and not before.
            rig.node.recut(beyond, 51, GatewayRig.NEAR, 5, false);
            rig.node.frame(GatewayRig.NEAR, 6, false, 10);
            rig.until("it asks", () -> rig.node.subscriptions.contains("?" + NEAR));
            // Later than all that was said of the cells, whether or not the gateway had forgotten
            // one.
            rig.node.frame(GatewayRig.NEAR, 70, true, 10);
            rig.until("it came", () -> heard.messages.size() == 7);
            assertThat(heard.messages.getLast()).isEqualTo(NEAR + "k70");
            rig.node.focus(rig.session("Ada"), 500_000, 0, 0);
            rig.until("it forgets", () -> heard.messages.contains("forget " + part));
        }
    }

    @Test
    void shouldTellWhoJoinsAWatchedChannelAllSinceItsKeyframe() {
        GatewayRig rig = start(GatewayConfig.defaults());
        Heard first = new Heard();
        Heard second = new Heard();
        try (HorizonClient ada = join(rig, "Ada", first, 0)) {
            subscribed(rig);
            rig.node.frame(GatewayRig.NEAR, 1, true, 10);
            rig.node.frame(GatewayRig.NEAR, 2, false, 10);
            rig.until("they came", () -> first.messages.size() == 2);
            try (HorizonClient bob = join(rig, "Bob", second, 0)) {
                rig.until("he has them", () -> second.messages.size() == 2);
                rig.node.frame(GatewayRig.NEAR, 3, false, 10);
                rig.until("all came", () -> second.messages.size() == 3);
                assertThat(second.messages).containsExactly(NEAR + "k1", NEAR + "#2", NEAR + "#3");
                rig.until("all came", () -> first.messages.size() == 3);
                assertThat(first.messages).containsExactly(NEAR + "k1", NEAR + "#2", NEAR + "#3");
                assertThat(rig.node.subscriptions).doesNotContain("?" + NEAR);
                assertThat(rig.node.subscriptions.stream().filter(("+" + NEAR)::equals)).hasSize(1);
            }
        }
        rig.until("all are gone", () -> rig.node.subscriptions.contains("-" + NEAR));
    }

    @Test
    void shouldAskForAKeyframeForWhoJoinsAChannelThatSaidMuchSinceItsLast() {
        GatewayRig rig = start(GatewayConfig.defaults());
        Heard first = new Heard();
        Heard second = new Heard();
        int frames = 40;
        try (HorizonClient ada = join(rig, "Ada", first, 0)) {
            subscribed(rig);
            for (int i = 1; i <= frames; i++) {
                rig.node.frame(GatewayRig.NEAR, i, i == 1, 10);
            }
            rig.until("they came", () -> first.messages.size() == frames);
            try (HorizonClient bob = join(rig, "Bob", second, 0)) {
                rig.until("it asks", () -> rig.node.subscriptions.contains("?" + NEAR));
                rig.node.frame(GatewayRig.NEAR, frames + 1, false, 10);
                rig.node.frame(GatewayRig.NEAR, frames + 2, true, 10);
                rig.node.frame(GatewayRig.NEAR, frames + 3, false, 10);
                rig.until("all came", () -> second.messages.size() == 2);
                assertThat(second.messages).containsExactly(NEAR + "k42", NEAR + "#43");
                // What was waiting when the keyframe came is superseded.
                rig.until("all came", () -> first.messages.getLast().equals(NEAR + "#43"));
                assertThat(first.messages).startsWith(NEAR + "k1").contains(NEAR + "k42");
            }
        }
    }

    @Test
    void shouldLetNobodySeeAGap() {
        GatewayRig rig = start(GatewayConfig.defaults());
        Heard heard = new Heard();
        try (HorizonClient ada = join(rig, "Ada", heard, 0)) {
            subscribed(rig);
            rig.node.frame(GatewayRig.NEAR, 1, true, 10);
            rig.until("it came", () -> heard.messages.size() == 1);
            rig.node.frame(GatewayRig.NEAR, 3, false, 10);
            rig.node.frame(GatewayRig.NEAR, 4, false, 10);
            rig.until("it asks", () -> rig.node.subscriptions.contains("?" + NEAR));
            rig.node.frame(GatewayRig.NEAR, 5, true, 10);
            rig.node.frame(GatewayRig.NEAR, 5, false, 10);
            rig.node.frame(GatewayRig.NEAR, 6, false, 10);
            rig.until("all came", () -> heard.messages.size() == 3);
            assertThat(heard.messages).containsExactly(NEAR + "k1", NEAR + "k5", NEAR + "#6");
            assertThat(rig.gateway.metrics().snapshot().gaps()).isEqualTo(1);
        }
    }

    @Test
    void shouldShowAWholeTierToWhoObserves() {
        GatewayRig rig = start(GatewayConfig.defaults());
        Heard heard = new Heard();
        long station = ChannelId.whole(SizeClass.STATION, Tier.LOW);
        try (HorizonClient ada =
                HorizonClient.connect(rig.server, "Ada", rig.ticket("Ada"), heard)) {
            ada.send("session", "observe", "{\"tier\":\"LOW\"}");
            rig.until("it subscribes", () -> rig.node.subscriptions.size() == 4);
            assertThat(rig.node.subscriptions).contains("+" + Long.toHexString(station));
            rig.node.frame(0xA000_0000_0000_0001L, 1, true, 10);
            rig.node.frame(0xA000_0000_0000_0001L, 2, false, 10);
            rig.node.frame(0x2000_0000_0000_0001L, 1, true, 10);
            rig.until("all came", () -> heard.messages.size() == 3);
            ada.send("session", "observe", "{\"tier\":\"NONE\"}");
            rig.until("it forgets", () -> heard.messages.size() == 5);
            assertThat(heard.messages)
                    .contains("forget a000000000000001", "forget 2000000000000001");
            assertThat(rig.node.subscriptions).contains("-" + Long.toHexString(station));
        }
    }

    @Test
    void shouldHarmNobodyWhenOneClientReadsNothing() throws Exception {
        GatewayConfig config = GatewayConfig.defaults();
        GatewayRig rig =
                start(
                        config.withQueues(
                                        new GatewayConfig.Queues(
                                                65_536, 64, 131_072, 16_384, 65_536, 8_192))
                                .withTimeouts(
                                        new GatewayConfig.Timeouts(
                                                5_000, 5_000, 60_000, 30_000, 500, 300)));
        Heard heard = new Heard();
        try (RawSocket stalled = new RawSocket(rig.gateway.port(), 4_096).upgrade();
                HorizonClient ada = join(rig, "Ada", heard, 0)) {
            stalled.head();
            stalled.text(GatewayHostileTest.hello("Stalled", rig.ticket("Stalled")));
            assertThat(stalled.message()).contains("welcome");
            rig.node.focus(rig.session("Stalled"), 0, 0, 0);
            int sequence = 0;
            long answered = -1;
            while (rig.node.of("closed").isEmpty()) {
                // The node answers requests by a keyframe, as the real one does.
                long asked = rig.node.subscriptions.stream().filter(("?" + NEAR)::equals).count();
                for (int i = 0; i < 20; i++) {
                    rig.node.frame(GatewayRig.NEAR, ++sequence, asked != answered, 1_000);
                    answered = asked;
                }
                int latest = sequence;
                rig.until("Ada has frame " + latest, () -> heard.latest() == latest);
                assertThat(rig.gateway.metrics().snapshot().queuedBytesMax())
                        .isLessThanOrEqualTo(65_536 + 1_100);
                assertThat(sequence).isLessThan(1_000_000);
            }
            assertThat(rig.node.of("closed").getFirst().sessionId())
                    .isEqualTo(rig.session("Stalled"));
            assertThat(rig.node.of("closed").getFirst().type()).isEqualTo(3);
            assertThat(rig.refusals(Refusal.TOO_SLOW)).isEqualTo(1);
            assertThat(heard.gaps()).isZero();
        }
    }

    /** A bundle with the keyframe, with or without a View before it. */
    private static boolean isKeyframe(String message) {
        int frame = 2 + 8 + 28 + 13 * 4 + 24 + 8 + 4 + 4 + 2 + 777;
        return message.equals("binary " + frame) || message.equals("binary " + (frame + 67));
    }

    @Test
    void shouldBringASlowClientBackByKeyframe() throws Exception {
        GatewayConfig config = GatewayConfig.defaults();
        GatewayRig rig =
                start(
                        config.withQueues(
                                        new GatewayConfig.Queues(
                                                32_768, 64, 131_072, 16_384, 65_536, 8_192))
                                .withTimeouts(
                                        new GatewayConfig.Timeouts(
                                                5_000, 5_000, 60_000, 30_000, 60_000, 300)));
        try (RawSocket slow = new RawSocket(rig.gateway.port(), 4_096).upgrade()) {
            slow.head();
            slow.text(GatewayHostileTest.hello("Slow", rig.ticket("Slow")));
            assertThat(slow.message()).contains("welcome");
            rig.node.focus(rig.session("Slow"), 0, 0, 0);
            subscribed(rig);
            rig.node.frame(GatewayRig.NEAR, 1, true, 1_000);
            int sequence = 1;
            while (rig.gateway.metrics().snapshot().framesDropped() == 0) {
                rig.node.tickEnd(200 + sequence);
                rig.node.frame(GatewayRig.NEAR, ++sequence, false, 1_000);
                assertThat(sequence).isLessThan(100_000);
                Await.until("it is heard", rig.node::isHeard);
            }
            // Now it reads: what was queued drains, and the gateway asks for what was dropped.
            String message = slow.message();
            while (!rig.node.subscriptions.contains("?" + NEAR)) {
                assertThat(message).isNotNull();
                if (slow.socket.getInputStream().available() > 0) {
                    message = slow.message();
                }
            }
            rig.node.frame(GatewayRig.NEAR, sequence + 1, true, 777);
            while (message != null && !isKeyframe(message)) {
                message = slow.message();
            }
            assertThat(message).isNotNull();
        }
    }

    /** A node that is paused says nothing more that would give such a client another turn. */
    @Test
    void shouldFollowWhatAClientNeedsOnceItTakesAgainThoughTheNodeIsSilent() throws Exception {
        GatewayRig rig = start(GatewayConfig.defaults());
        try (RawSocket late = new RawSocket(rig.gateway.port(), 4_096).upgrade()) {
            late.head();
            late.text(GatewayHostileTest.hello("Late", rig.ticket("Late")));
            assertThat(late.message()).contains("welcome");
            while (rig.gateway.metrics().snapshot().queuedBytesMax() < 20_000) {
                rig.node.message(0, GatewayRig.LINE.id(), line("x".repeat(500)));
                Await.until("it is heard", rig.node::isHeard);
            }
            int before = rig.node.subscriptions.size();
            rig.node.focus(rig.session("Late"), 500_000, 0, 0);
            Await.until("it is heard", rig.node::isHeard);
            assertThat(rig.node.subscriptions.size()).isEqualTo(before);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (rig.node.subscriptions.size() == before) {
                assertThat(deadline - System.nanoTime()).as("it subscribes").isPositive();
                if (late.socket.getInputStream().available() > 0) {
                    assertThat(late.message()).isNotNull();
                }
            }
        }
    }

    private static byte[] line(String line) {
        byte[] text = line.getBytes(StandardCharsets.US_ASCII);
        byte[] payload = new byte[2 + text.length];
        payload[0] = (byte) text.length;
        payload[1] = (byte) (text.length >> 8);
        System.arraycopy(text, 0, payload, 2, text.length);
        return payload;
    }

    /** A socket that takes a part of a line leaves the others' copies of that line whole. */
    @Test
    void shouldSayTheSameToAllWhoReadSlowly() throws Exception {
        GatewayConfig config = GatewayConfig.defaults();
        GatewayRig rig =
                start(
                        config.withQueues(
                                new GatewayConfig.Queues(
                                        262_144, 1_024, 1 << 20, 16_384, 65_536, 16_384)));
        List<RawSocket> slow = new ArrayList<>();
        try {
            for (String name : List.of("Ann", "Bob", "Cleo")) {
                RawSocket socket = new RawSocket(rig.gateway.port()).upgrade();
                slow.add(socket);
                socket.head();
                socket.text(GatewayHostileTest.hello(name, rig.ticket(name)));
                assertThat(socket.message()).contains("welcome");
            }
            List<String> said = new ArrayList<>();
            for (int i = 0; i < LINES; i++) {
                String line = i + "x".repeat(500);
                said.add(line);
                rig.node.message(0, GatewayRig.LINE.id(), line(line));
                rig.node.tickEnd(200 + i);
            }
            for (RawSocket each : slow) {
                List<String> heard = new ArrayList<>();
                while (heard.size() < said.size()) {
                    String message = each.message();
                    assertThat(message).isNotNull().doesNotStartWith("close");
                    if (message.contains("x")) {
                        heard.add(Envelope.JSON.readTree(message).at("/data/message").asText());
                    }
                }
                assertThat(heard).isEqualTo(said);
            }
        } finally {
            for (RawSocket each : slow) {
                each.close();
            }
        }
    }
}
