package dev.horizon.net.replay;

import dev.horizon.engine.events.EventCatalogue;
import dev.horizon.engine.events.EventShape;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.gateway.EventJson;
import dev.horizon.schemas.ticklog.DilationEncoder;
import dev.horizon.schemas.ticklog.GatewayLostEncoder;
import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import dev.horizon.schemas.ticklog.OperatorCommandEncoder;
import dev.horizon.schemas.ticklog.OverloadStepEncoder;
import dev.horizon.schemas.ticklog.SessionEventEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.ExpandableArrayBuffer;

/**
 * Inputs to be added to the recorded ones, and recorded ones to be left out, as lines:
 *
 * <pre>{@code
 * # what follows is a comment
 * add 4010 event Ada ship:target {"target":"1:42"}
 * add 4012 command engine:quarantine sol/fire
 * add 4013 dilation 500
 * add 4013 gateway-lost 1
 * drop 4015 2
 * drop 4016 all
 * }</pre>
 *
 * <p>Those to be dropped are numbered from 1, in order; those that are added come behind the rest.
 * An event goes to the session that a player of that name has in the tick.
 */
public final class InputEdits {
    private final Map<Long, List<String>> added = new HashMap<>();
    private final Map<Long, Set<Integer>> dropped = new HashMap<>();
    private final Set<Long> emptied = new HashSet<>();

    private InputEdits() {}

    /** Changes nothing. */
    public static InputEdits none() {
        return new InputEdits();
    }

    /**
     * Reads lines.
     *
     * @throws HorizonException HZ-TAPE-021 for one that can't be understood
     */
    public static InputEdits parse(List<String> lines) {
        InputEdits edits = new InputEdits();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                try {
                    edits.parse(line);
                } catch (IllegalArgumentException e) {
                    throw bad("line " + (i + 1) + ", '" + line + "', " + e.getMessage());
                }
            }
        }
        return edits;
    }

    private void parse(String line) {
        String[] words = line.split("\\s+", 3);
        if (words.length < 3) {
            throw new IllegalArgumentException("isn't add TICK INPUT or drop TICK NUMBER");
        }
        long tick = Long.parseLong(words[1]);
        switch (words[0]) {
            case "add" -> added.computeIfAbsent(tick, key -> new ArrayList<>()).add(words[2]);
            case "drop" -> {
                if (words[2].equals("all")) {
                    emptied.add(tick);
                } else {
                    dropped.computeIfAbsent(tick, key -> new HashSet<>())
                            .add(Integer.parseInt(words[2]));
                }
            }
            default -> throw new IllegalArgumentException("begins with neither add nor drop");
        }
    }

    /** What a tick reads then; the runner stands before it. */
    TickInputs apply(TickInputs recorded, TickRunner before) {
        long tick = before.tick() + 1;
        List<String> more = added.getOrDefault(tick, List.of());
        Set<Integer> fewer = dropped.getOrDefault(tick, Set.of());
        if (more.isEmpty() && fewer.isEmpty() && !emptied.contains(tick)) {
            return recorded;
        }
        List<byte[]> messages = new ArrayList<>();
        List<byte[]> all = recorded.messages(tick);
        for (int i = 0; i < all.size(); i++) {
            if (!emptied.contains(tick) && !fewer.contains(i + 1)) {
                messages.add(all.get(i));
            }
        }
        for (int number : fewer) {
            if (number < 1 || number > all.size()) {
                throw bad("tick " + tick + " has " + all.size() + " inputs, no number " + number);
            }
        }
        for (String text : more) {
            messages.add(encode(text, tick, before));
        }
        return TickInputs.of(messages);
    }

    private static byte[] encode(String text, long tick, TickRunner before) {
        String[] words = text.split("\\s+", 2);
        String rest = words.length < 2 ? "" : words[1];
        ExpandableArrayBuffer out = new ExpandableArrayBuffer();
        MessageHeaderEncoder header = new MessageHeaderEncoder();
        try {
            int length =
                    switch (words[0]) {
                        case "event" -> event(rest, tick, before, out, header);
                        case "command" -> {
                            byte[] line = rest.getBytes(StandardCharsets.UTF_8);
                            yield new OperatorCommandEncoder()
                                    .wrapAndApplyHeader(out, 0, header)
                                    .requestId(0)
                                    .putLine(line, 0, line.length)
                                    .encodedLength();
                        }
                        case "dilation" ->
                                new DilationEncoder()
                                        .wrapAndApplyHeader(out, 0, header)
                                        .permille(Integer.parseInt(rest))
                                        .encodedLength();
                        case "overload" ->
                                new OverloadStepEncoder()
                                        .wrapAndApplyHeader(out, 0, header)
                                        .step((short) Integer.parseInt(rest))
                                        .encodedLength();
                        case "gateway-lost" ->
                                new GatewayLostEncoder()
                                        .wrapAndApplyHeader(out, 0, header)
                                        .gatewayId(Integer.parseInt(rest))
                                        .encodedLength();
                        default ->
                                throw bad(
                                        "'"
                                                + text
                                                + "' is no event, command, dilation,"
                                                + " overload or gateway-lost");
                    };
            byte[] message = new byte[MessageHeaderEncoder.ENCODED_LENGTH + length];
            out.getBytes(0, message);
            return message;
        } catch (NumberFormatException e) {
            throw bad("'" + text + "' needs a number");
        }
    }

    private static int event(
            String text,
            long tick,
            TickRunner before,
            ExpandableArrayBuffer out,
            MessageHeaderEncoder header) {
        String[] words = text.split("\\s+", 3);
        int colon = words.length < 2 ? -1 : words[1].indexOf(':');
        if (colon < 0) {
            throw bad("'event " + text + "' isn't event PLAYER NAMESPACE:EVENT JSON");
        }
        EventCatalogue catalogue = before.catalogue();
        EventShape shape =
                catalogue.fromClient(words[1].substring(0, colon), words[1].substring(colon + 1));
        if (shape == null) {
            throw bad("no plugin takes the event " + words[1]);
        }
        Long session = before.sessionOf(words[0]);
        if (session == null) {
            throw bad("no player " + words[0] + " has a session before tick " + tick);
        }
        byte[] payload = EventJson.encode(shape, words.length < 3 ? "{}" : words[2]);
        // Sequence 0: it has no place among what the player sent.
        return new SessionEventEncoder()
                .wrapAndApplyHeader(out, 0, header)
                .sessionId(session)
                .sequence(0)
                .eventType(shape.id())
                .putPayload(payload, 0, payload.length)
                .encodedLength();
    }

    private static HorizonException bad(String what) {
        return new HorizonException(
                "HZ-TAPE-021",
                what
                        + "; docs/replay.md has the form, 'horizon replay inputs' numbers what"
                        + " ticks read");
    }
}
