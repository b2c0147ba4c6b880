package dev.horizon.net.replay;

import dev.horizon.engine.events.DisconnectReason;
import dev.horizon.engine.events.EventCatalogue;
import dev.horizon.engine.events.EventShape;
import dev.horizon.engine.events.OverloadStep;
import dev.horizon.engine.tick.Parcel;
import dev.horizon.engine.world.EntityId;
import dev.horizon.net.gateway.EventJson;
import dev.horizon.schemas.ticklog.AsyncResultDecoder;
import dev.horizon.schemas.ticklog.DilationDecoder;
import dev.horizon.schemas.ticklog.GatewayLostDecoder;
import dev.horizon.schemas.ticklog.MessageHeaderDecoder;
import dev.horizon.schemas.ticklog.OperatorCommandDecoder;
import dev.horizon.schemas.ticklog.OverloadStepDecoder;
import dev.horizon.schemas.ticklog.ParcelDecoder;
import dev.horizon.schemas.ticklog.ParcelSettledDecoder;
import dev.horizon.schemas.ticklog.RawClientMessageDecoder;
import dev.horizon.schemas.ticklog.RefuseJumpDecoder;
import dev.horizon.schemas.ticklog.ReleaseEntityDecoder;
import dev.horizon.schemas.ticklog.SessionClosedDecoder;
import dev.horizon.schemas.ticklog.SessionEventDecoder;
import dev.horizon.schemas.ticklog.SessionFollowsDecoder;
import dev.horizon.schemas.ticklog.SessionInputDecoder;
import dev.horizon.schemas.ticklog.SessionOpenedDecoder;
import dev.horizon.schemas.ticklog.TapeSetupDecoder;
import dev.horizon.schemas.ticklog.TicksMissedDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;

/** Says in a line what an input is; see docs/replay.md for the form. */
public final class InputText {
    private static final List<String> KINDS = List.of("new", "resumed", "unreadable", "reattached");

    private InputText() {}

    /** Whose session a number is, as far as somebody knows. */
    @FunctionalInterface
    public interface Names {
        /** The player's name, or the number where it isn't known. */
        String of(long sessionId);
    }

    /** What the next tick of a replay reads, a line each, in order. */
    public static List<String> ofNext(Rerun rerun) {
        EventCatalogue catalogue = rerun.runner().catalogue();
        Names names = session -> rerun.runner().nameOf(session);
        List<String> lines = new ArrayList<>();
        if (rerun.hasNext()) {
            for (byte[] message : rerun.nextInputs().messages(rerun.tick() + 1)) {
                lines.add(of(message, catalogue, names));
            }
        }
        return lines;
    }

    static String of(byte[] message, EventCatalogue catalogue, Names names) {
        UnsafeBuffer in = new UnsafeBuffer(message);
        MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(in, 0);
        return switch (header.templateId()) {
            case SessionOpenedDecoder.TEMPLATE_ID -> {
                SessionOpenedDecoder opened =
                        new SessionOpenedDecoder().wrapAndApplyHeader(in, 0, header);
                int kind = opened.resumed();
                String how = kind < KINDS.size() ? KINDS.get(kind) : "kind " + kind;
                yield "login %s session %s at gateway %d"
                        .formatted(
                                opened.playerName() + " " + how,
                                Long.toUnsignedString(opened.sessionId()),
                                opened.gatewayId());
            }
            case SessionClosedDecoder.TEMPLATE_ID -> {
                SessionClosedDecoder closed =
                        new SessionClosedDecoder().wrapAndApplyHeader(in, 0, header);
                DisconnectReason[] reasons = DisconnectReason.values();
                yield "logout "
                        + names.of(closed.sessionId())
                        + " "
                        + (closed.reason() < reasons.length
                                ? reasons[closed.reason()]
                                : closed.reason());
            }
            case SessionEventDecoder.TEMPLATE_ID -> "event " + sent(in, header, catalogue, names);
            case SessionInputDecoder.TEMPLATE_ID -> "input " + sent(in, header, catalogue, names);
            case OperatorCommandDecoder.TEMPLATE_ID ->
                    "command "
                            + new OperatorCommandDecoder().wrapAndApplyHeader(in, 0, header).line();
            case DilationDecoder.TEMPLATE_ID ->
                    "dilation "
                            + new DilationDecoder().wrapAndApplyHeader(in, 0, header).permille();
            case OverloadStepDecoder.TEMPLATE_ID -> {
                OverloadStepDecoder taken =
                        new OverloadStepDecoder().wrapAndApplyHeader(in, 0, header);
                yield "overload %s at a load of %d %%"
                        .formatted(OverloadStep.of(taken.step()).word(), taken.loadPermille() / 10);
            }
            case GatewayLostDecoder.TEMPLATE_ID ->
                    "gateway-lost "
                            + new GatewayLostDecoder()
                                    .wrapAndApplyHeader(in, 0, header)
                                    .gatewayId();
            case AsyncResultDecoder.TEMPLATE_ID -> {
                AsyncResultDecoder result =
                        new AsyncResultDecoder().wrapAndApplyHeader(in, 0, header);
                yield "async result of job "
                        + result.jobId()
                        + (result.failed() == 0 ? "" : ", failed")
                        + " to "
                        + result.plugin();
            }
            case ReleaseEntityDecoder.TEMPLATE_ID -> {
                ReleaseEntityDecoder release =
                        new ReleaseEntityDecoder().wrapAndApplyHeader(in, 0, header);
                yield "transfer "
                        + release.transfer()
                        + " releases entity "
                        + new EntityId(release.entity());
            }
            case RefuseJumpDecoder.TEMPLATE_ID -> {
                RefuseJumpDecoder word = new RefuseJumpDecoder().wrapAndApplyHeader(in, 0, header);
                yield "entity "
                        + new EntityId(word.entity())
                        + " can't jump: "
                        + word.code()
                        + " "
                        + word.text();
            }
            case ParcelDecoder.TEMPLATE_ID -> parcel(in);
            case SessionFollowsDecoder.TEMPLATE_ID -> {
                SessionFollowsDecoder word =
                        new SessionFollowsDecoder().wrapAndApplyHeader(in, 0, header);
                yield "the gateway of "
                        + names.of(word.sessionId())
                        + (word.follows() != 0 ? " follows" : " doesn't follow")
                        + " to node "
                        + Long.toHexString(word.destination());
            }
            case ParcelSettledDecoder.TEMPLATE_ID ->
                    "parcels up to "
                            + new ParcelSettledDecoder()
                                    .wrapAndApplyHeader(in, 0, header)
                                    .sequence()
                            + " are recorded by their destination";
            case TicksMissedDecoder.TEMPLATE_ID ->
                    "missed "
                            + new TicksMissedDecoder().wrapAndApplyHeader(in, 0, header).ticks()
                            + " ticks";
            case RawClientMessageDecoder.TEMPLATE_ID -> {
                RawClientMessageDecoder raw =
                        new RawClientMessageDecoder().wrapAndApplyHeader(in, 0, header);
                String name = raw.eventNamespace() + ":" + raw.eventName();
                byte[] data = new byte[raw.dataLength()];
                raw.getData(data, 0, data.length);
                yield "raw "
                        + names.of(raw.sessionId())
                        + " "
                        + name
                        + " "
                        + new String(data, StandardCharsets.UTF_8);
            }
            case TapeSetupDecoder.TEMPLATE_ID ->
                    "plugins "
                            + Objects.requireNonNull(TickInputs.of(List.of(message)).setup())
                                    .plugins()
                                    .stream()
                                    .map(plugin -> plugin.name() + " " + plugin.version())
                                    .collect(Collectors.joining(", "));
            default -> "input of template " + header.templateId();
        };
    }

    private static String parcel(UnsafeBuffer in) {
        Parcel parcel = Parcel.decode(in, 0, in.capacity());
        if (parcel == null) {
            return "a damaged parcel";
        }
        return "parcel "
                + parcel.sequence()
                + " of world "
                + parcel.source()
                + " with "
                + parcel.items().stream()
                        .map(item -> new EntityId(item.entity()).toString())
                        .collect(Collectors.joining(", "));
    }

    /** A SessionEvent or a SessionInput, which have one layout. */
    private static String sent(
            UnsafeBuffer in, MessageHeaderDecoder header, EventCatalogue catalogue, Names names) {
        SessionEventDecoder event =
                new SessionEventDecoder()
                        .wrap(
                                in,
                                MessageHeaderDecoder.ENCODED_LENGTH,
                                header.blockLength(),
                                header.version());
        byte[] payload = new byte[event.payloadLength()];
        event.getPayload(payload, 0, payload.length);
        EventShape shape = catalogue.byId(event.eventType());
        return names.of(event.sessionId())
                + " "
                + (shape == null
                        ? "unknown:" + event.eventType()
                        : shape.namespace()
                                + ":"
                                + shape.event()
                                + " "
                                + EventJson.decode(shape, payload));
    }
}
