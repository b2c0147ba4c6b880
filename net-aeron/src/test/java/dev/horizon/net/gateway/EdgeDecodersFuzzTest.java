package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.events.EventField;
import dev.horizon.engine.events.EventField.Kind;
import dev.horizon.engine.events.EventShape;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.streams.TransportConfig;
import dev.horizon.schemas.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Whatever bytes come, the edge's decoders answer with a message or a coded refusal. */
class EdgeDecodersFuzzTest {
    /** For a message of a few hundred bytes; a gateway takes 64 KiB at most. */
    private static final long ALLOCATED_MAX = 1 << 20;

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
    void shouldRefuseOrTakeAnyText() {
        JsonTranscoder transcoder = new JsonTranscoder();
        PayloadReader reader = new PayloadReader();
        Fuzz.Outcome outcome =
                fuzz(
                        "client-text",
                        utf8(VALID),
                        text -> {
                            Envelope envelope = Envelope.parse(text);
                            byte[] payload = transcoder.encode(SHAPE, envelope.data());
                            reader.read(SHAPE, new UnsafeBuffer(payload), 0, payload.length);
                        });
        assertThat(outcome.taken()).isBetween(1L, outcome.inputs() - 1);
    }

    @Test
    void shouldRefuseOrTakeAnyPayload() throws Exception {
        JsonTranscoder transcoder = new JsonTranscoder();
        PayloadReader reader = new PayloadReader();
        byte[] valid = transcoder.encode(SHAPE, Envelope.parse(utf8(VALID)).data());
        Fuzz.Outcome outcome =
                fuzz(
                        "client-payloads",
                        valid,
                        payload -> {
                            ObjectNode data =
                                    reader.read(
                                            SHAPE, new UnsafeBuffer(payload), 0, payload.length);
                            // What was taken has one form: it encodes to the same bytes.
                            if (!Arrays.equals(transcoder.encode(SHAPE, data), payload)) {
                                throw new AssertionError("it has another form: " + data);
                            }
                        });
        assertThat(outcome.taken()).isBetween(1L, outcome.inputs() - 1);
    }

    @Test
    void shouldRefuseOrTakeAnyBinaryMessage() {
        Fuzz.Outcome outcome =
                fuzz(
                        "client-binary",
                        InputFrames.event(7, 9, new byte[] {1, 2, 3}),
                        ClientMessage::parse);
        assertThat(outcome.taken()).isBetween(1L, outcome.inputs() - 1);
    }

    @Test
    void shouldTakeNoTicketButThoseThatItSigned(@TempDir Path folder) {
        Tickets tickets = new Tickets(TicketKey.load(false, null, folder), InstantSource.system());
        String valid = tickets.login("Ada", 3_600);
        fuzz(
                "tickets",
                utf8(valid),
                bytes -> {
                    String text = new String(bytes, StandardCharsets.ISO_8859_1);
                    Ticket ticket = tickets.check(text, Ticket.Kind.LOGIN, "Ada");
                    // Base 64 without padding has spare bits: they are no part of the ticket.
                    assertThat(ticket.player()).isEqualTo("Ada");
                    assertThat(text.length()).isEqualTo(valid.length());
                });
    }

    @Test
    void shouldUnderstandOrRefuseAnyTermsOfANode() {
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
        Fuzz.Outcome outcome =
                fuzz(
                        "node-terms",
                        valid,
                        bytes -> {
                            assertThat(NodeTerms.decode(bytes).catalogue()).isNotNull();
                        });
        assertThat(outcome.taken()).isBetween(1L, outcome.inputs() - 1);
    }

    private interface Reading {
        void read(byte[] bytes) throws Exception;
    }

    private static Fuzz.Outcome fuzz(String name, byte[] valid, Reading reading) {
        return Fuzz.of(name, List.of(valid))
                .allocatingAtMost(ALLOCATED_MAX)
                .run(bytes -> {
                    try {
                        reading.read(bytes);
                        return true;
                    } catch (RefusedException e) {
                        assertThat(e.refusal().code()).startsWith("HZ-GW-");
                        return false;
                    } catch (HorizonException e) {
                        assertThat(e.code()).startsWith("HZ-");
                        return false;
                    }
                });
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
