package dev.horizon.net.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What comes in parts is what was sent. */
class CrowdClientTest {
    private static final int MESSAGES = 300;
    private static final int ROUNDS = 30;

    private final List<byte[]> heard = new ArrayList<>();
    private final List<String> gone = new ArrayList<>();

    private final CrowdListener listener =
            new CrowdListener() {
                @Override
                public String hello() {
                    return "{}";
                }

                @Override
                public void onText(ByteBuf in, int at, int length) {
                    heard.add(ByteBufUtil.getBytes(in, at, length));
                }

                @Override
                public void onBinary(ByteBuf in, int at, int length, int wireBytes) {
                    heard.add(ByteBufUtil.getBytes(in, at, length));
                }

                @Override
                public void onGone(String why) {
                    gone.add(why);
                }
            };

    @Test
    void shouldHearWhatWasSentHoweverItIsCut() {
        AdaptiveByteBufAllocator allocator = new AdaptiveByteBufAllocator();
        for (int seed = 0; seed < ROUNDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<byte[]> sent = new ArrayList<>();
            byte[] stream = stream(random, sent);
            heard.clear();
            CrowdClient client = new CrowdClient("somewhere", listener);
            EmbeddedChannel channel = new EmbeddedChannel(client);
            channel.config().setAllocator(allocator);
            for (int at = 0; at < stream.length; ) {
                int most = random.nextInt(8) == 0 ? 70_000 : 3_000;
                int length = Math.min(stream.length - at, random.nextInt(1, most));
                channel.writeInbound(allocator.directBuffer(length).writeBytes(stream, at, length));
                at += length;
            }
            assertThat(heard).as("seed %d", seed).containsExactly(sent.toArray(new byte[0][]));
            assertThat(gone).as("seed %d", seed).isEmpty();
            channel.finishAndReleaseAll();
            gone.clear();
        }
    }

    private static byte[] stream(SplittableRandom random, List<byte[]> sent) {
        ByteBuf out =
                Unpooled.copiedBuffer(
                        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n",
                        StandardCharsets.US_ASCII);
        for (int i = 0; i < MESSAGES; i++) {
            byte[] message = new byte[random.nextInt(random.nextInt(20) == 0 ? 100_000 : 1_500)];
            random.nextBytes(message);
            out.writeByte(0x80 | random.nextInt(1, 3));
            if (message.length < 126) {
                out.writeByte(message.length);
            } else if (message.length < 1 << 16) {
                out.writeByte(126).writeShort(message.length);
            } else {
                out.writeByte(127).writeLong(message.length);
            }
            out.writeBytes(message);
            sent.add(message);
        }
        return Arrays.copyOf(out.array(), out.writerIndex());
    }
}
