package dev.horizon.net.gateway;

import dev.horizon.schemas.session.ClientEventDecoder;
import dev.horizon.schemas.session.ClientInputDecoder;
import dev.horizon.schemas.session.HelloDecoder;
import dev.horizon.schemas.session.PingDecoder;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The binary form of what a client says (session schema). Read by hand, with every length checked
 * against the message first: these bytes come from anybody.
 */
sealed interface ClientMessage {
    /** Who plays; empty where a text isn't given. */
    record Hello(int protocolVersion, String player, String ticket, String resume)
            implements ClientMessage {}

    /** Continuous control, or with {@code latestWins} false one event. */
    record Event(boolean latestWins, int sequence, int eventType, byte[] payload)
            implements ClientMessage {}

    /** Asks for a pong. */
    record Ping(long clientTime) implements ClientMessage {}

    /** Reads one message, header included. */
    static ClientMessage parse(byte[] bytes) throws RefusedException {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            int blockLength = Short.toUnsignedInt(in.getShort());
            int templateId = Short.toUnsignedInt(in.getShort());
            int schemaId = Short.toUnsignedInt(in.getShort());
            in.getShort();
            if (schemaId != HelloDecoder.SCHEMA_ID) {
                throw refused("its schema is " + schemaId + ", not " + HelloDecoder.SCHEMA_ID);
            }
            ByteBuffer block = slice(in, blockLength);
            ClientMessage message =
                    switch (templateId) {
                        case HelloDecoder.TEMPLATE_ID ->
                                new Hello(
                                        Short.toUnsignedInt(block.getShort()),
                                        text(in),
                                        text(in),
                                        text(in));
                        case ClientInputDecoder.TEMPLATE_ID -> event(true, block, in);
                        case ClientEventDecoder.TEMPLATE_ID -> event(false, block, in);
                        case PingDecoder.TEMPLATE_ID -> new Ping(block.getLong());
                        default -> throw refused("clients send no template " + templateId);
                    };
            if (in.hasRemaining()) {
                throw refused(in.remaining() + " bytes follow its end");
            }
            return message;
        } catch (BufferUnderflowException e) {
            throw refused("it ends too early");
        }
    }

    private static Event event(boolean latestWins, ByteBuffer block, ByteBuffer in)
            throws RefusedException {
        int sequence = block.getInt();
        int eventType = Short.toUnsignedInt(block.getShort());
        ByteBuffer payload = slice(in, in.getInt());
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return new Event(latestWins, sequence, eventType, bytes);
    }

    private static String text(ByteBuffer in) throws RefusedException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(slice(in, Short.toUnsignedInt(in.getShort())))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused("a text in it isn't UTF-8");
        }
    }

    private static ByteBuffer slice(ByteBuffer in, int length) throws RefusedException {
        if (length < 0 || length > in.remaining()) {
            throw refused("a part of it ends beyond the message");
        }
        ByteBuffer part = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.position() + length);
        return part;
    }

    private static RefusedException refused(String why) {
        return new RefusedException(
                Refusal.closing(
                        Refusal.NOT_A_MESSAGE, "that is no message of the session schema: " + why));
    }
}
