package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.events.EventField;
import dev.horizon.engine.events.EventField.Kind;
import dev.horizon.engine.events.EventShape;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.streams.TransportConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Whatever bytes come, the edge's decoders answer with a message or a coded refusal. */
class EdgeDecodersFuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_122L);
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 100_000);
    private static final EventShape SHAPE = everyKind();

    private static EventShape everyKind() {
        EventField inner = field("deep", Kind.INT, false);
        return new EventShape(
                EventShape.Direction.FROM_CLIENT,
                "fuzz",
                "all",
                false,
                List.of(
                        field("flag", Kind.BOOLEAN, false),
                        field("small", Kind.INT, true),
                        field("big", Kind.LONG, false),
                        field("real", Kind.FLOAT, false),
                        field("precise", Kind.DOUBLE, true),
                        field("words", Kind.TEXT, true),
                        new EventField("choice", Kind.ENUM, List.of("A", "B"), List.of(), false),
                        field("who", Kind.ENTITY, false),
                        new EventField("nested", Kind.RECORD, List.of(), List.of(inner), true)));
    }

    private static EventField field(String name, Kind kind, boolean list) {
        return new EventField(name, kind, List.of(), List.of(), list);
    }

    private static final String VALID =
            "{\"namespace\":\"fuzz\",\"event\":\"all\",\"data\":{\"flag\":true,\"small\":[1,-2],"
                    + "\"big\":\"9007199254740993\",\"real\":1.5,\"precise\":[0.1,1e300],"
                    + "\"words\":[\"hä\",\"\"],\"choice\":\"B\",\"who\":\"1:42\","
                    + "\"nested\":[{\"deep\":7}]}}";

    @Test
    void shouldCarryEveryKindThereAndBack() throws Exception {
        Envelope envelope = Envelope.parse(utf8(VALID));
        byte[] payload = new JsonTranscoder().encode(SHAPE, envelope.data());
        ObjectNode back =
                new PayloadReader().read(SHAPE, new UnsafeBuffer(payload), 0, payload.length);
        assertThat(new JsonTranscoder().encode(SHAPE, back)).isEqualTo(payload);
        assertThat(back.path("big").asString()).isEqualTo("9007199254740993");
        assertThat(back.path("who").asString()).isEqualTo("1:42");
        assertThat(back.path("nested").path(0).path("deep").asInt()).isEqualTo(7);
    }

    @Test
    void shouldRefuseOrTakeAnyText() throws Exception {
        Random random = new Random(SEED);
        byte[] valid = utf8(VALID);
        int taken = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] text = damaged(valid, random);
            try {
                Envelope envelope = Envelope.parse(text);
                byte[] payload = new JsonTranscoder().encode(SHAPE, envelope.data());
                new PayloadReader().read(SHAPE, new UnsafeBuffer(payload), 0, payload.length);
                taken++;
            } catch (RefusedException e) {
                assertThat(e.refusal().code()).startsWith("HZ-GW-");
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + SEED + ", round " + round, e);
            }
        }
        assertThat(taken).isPositive();
    }

    @Test
    void shouldRefuseOrTakeAnyPayload() throws Exception {
        Random random = new Random(SEED);
        byte[] valid = new JsonTranscoder().encode(SHAPE, Envelope.parse(utf8(VALID)).data());
        int taken = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] payload = damaged(valid, random);
            try {
                ObjectNode data =
                        new PayloadReader()
                                .read(SHAPE, new UnsafeBuffer(payload), 0, payload.length);
                // What was taken has one form: it encodes to the same bytes.
                assertThat(new JsonTranscoder().encode(SHAPE, data)).isEqualTo(payload);
                taken++;
            } catch (RefusedException e) {
                assertThat(e.refusal().code()).isEqualTo(Refusal.WRONG_SHAPE);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + SEED + ", round " + round, e);
            }
        }
        assertThat(taken).isPositive();
    }

    @Test
    void shouldRefuseOrTakeAnyBinaryMessage() {
        Random random = new Random(SEED);
        byte[] valid = InputFrames.event(7, 9, new byte[] {1, 2, 3});
        int taken = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] message = damaged(valid, random);
            try {
                assertThat(ClientMessage.parse(message)).isNotNull();
                taken++;
            } catch (RefusedException e) {
                assertThat(e.refusal().code()).isEqualTo(Refusal.NOT_A_MESSAGE);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + SEED + ", round " + round, e);
            }
        }
        assertThat(taken).isPositive();
    }

    @Test
    void shouldTakeNoTicketButThoseThatItSigned(@TempDir Path folder) {
        Random random = new Random(SEED);
        Tickets tickets = new Tickets(TicketKey.load(false, null, folder), InstantSource.system());
        String valid = tickets.login("Ada", 3_600);
        for (int round = 0; round < ROUNDS / 10; round++) {
            String text = new String(damaged(utf8(valid), random), StandardCharsets.ISO_8859_1);
            try {
                Ticket ticket = tickets.check(text, Ticket.Kind.LOGIN, "Ada");
                // Base 64 without padding has spare bits: they are no part of the ticket.
                assertThat(ticket.player()).isEqualTo("Ada");
                assertThat(text.length()).isEqualTo(valid.length());
            } catch (RefusedException e) {
                assertThat(e.refusal().code()).startsWith("HZ-GW-");
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + SEED + ", round " + round, e);
            }
        }
    }

    @Test
    void shouldUnderstandOrRefuseAnyTermsOfANode() {
        Random random = new Random(SEED);
        byte[] valid =
                new NodeTerms(
                                "sol",
                                20,
                                7,
                                TransportConfig.ipc(),
                                ChannelConfig.standard(),
                                3,
                                List.of(SHAPE),
                                false,
                                9)
                        .encode();
        int understood = 0;
        for (int round = 0; round < ROUNDS / 50; round++) {
            try {
                assertThat(NodeTerms.decode(damaged(valid, random)).catalogue()).isNotNull();
                understood++;
            } catch (HorizonException e) {
                assertThat(e.code()).startsWith("HZ-");
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + SEED + ", round " + round, e);
            }
        }
        assertThat(understood).isPositive();
    }

    private static byte[] damaged(byte[] valid, Random random) {
        byte[] bytes =
                random.nextInt(8) == 0
                        ? java.util.Arrays.copyOf(valid, random.nextInt(2 * valid.length))
                        : valid.clone();
        for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
