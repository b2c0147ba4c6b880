package dev.horizon.mesh.protocol;

import dev.horizon.schemas.mesh.BatchDecoder;
import dev.horizon.schemas.mesh.BatchEncoder;
import dev.horizon.schemas.mesh.MessageHeaderDecoder;
import dev.horizon.schemas.mesh.MessageHeaderEncoder;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Puts many messages into one: what a node says in one turn about hundreds of transfers is one
 * entry of the coordinator's log. For one thread.
 */
public final class MeshBatch {
    /** Of a batch: the cluster puts a header of its own before it. */
    static final int BYTES_MAX = MeshEncoder.MESSAGE_BYTES_MAX - 1_024;

    private static final int MESSAGES_AT =
            MessageHeaderEncoder.ENCODED_LENGTH + BatchEncoder.messagesHeaderLength();

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final BatchEncoder batch = new BatchEncoder();
    private final MessageHeaderDecoder headerIn = new MessageHeaderDecoder();
    private final MeshEncoder encoder = new MeshEncoder();
    private final MeshDecoder decoder = new MeshDecoder();
    private final UnsafeBuffer one = new UnsafeBuffer(new byte[MeshEncoder.MESSAGE_BYTES_MAX]);
    private int taken;

    /**
     * Writes as many messages as one takes, at least one; a single one is written as itself. {@link
     * #taken} says how many there were.
     *
     * @param from the first to be written
     * @param out room for {@link MeshEncoder#MESSAGE_BYTES_MAX}
     * @return the length of what was written
     */
    public int encode(List<MeshMessage> messages, int from, MutableDirectBuffer out) {
        int end = MESSAGES_AT;
        taken = 0;
        for (int i = from; i < messages.size(); i++) {
            int length = encoder.encode(messages.get(i), one);
            boolean fits = end + Integer.BYTES + length <= BYTES_MAX;
            boolean isAlone = taken == 0 && (!fits || i + 1 == messages.size());
            if (isAlone) {
                out.putBytes(0, one, 0, length);
                taken = 1;
                return length;
            }
            if (!fits) {
                break;
            }
            out.putInt(end, length, ByteOrder.LITTLE_ENDIAN);
            out.putBytes(end + Integer.BYTES, one, 0, length);
            end += Integer.BYTES + length;
            taken++;
        }
        batch.wrapAndApplyHeader(out, 0, header);
        out.putInt(MESSAGES_AT - Integer.BYTES, end - MESSAGES_AT, ByteOrder.LITTLE_ENDIAN);
        return end;
    }

    /** How many messages the last {@link #encode} wrote. */
    public int taken() {
        return taken;
    }

    /**
     * Reads what is one message or several.
     *
     * @return in their order; none where any of it can't be understood
     */
    public List<MeshMessage> decode(DirectBuffer buffer, int offset, int length) {
        if (!isBatch(buffer, offset, length)) {
            MeshMessage single = decoder.decode(buffer, offset, length);
            return single == null ? List.of() : List.of(single);
        }
        int end = offset + length;
        int at = offset + MESSAGES_AT;
        boolean isWhole = buffer.getInt(at - Integer.BYTES, ByteOrder.LITTLE_ENDIAN) == end - at;
        List<MeshMessage> all = new ArrayList<>();
        while (isWhole && at + Integer.BYTES <= end) {
            int next = buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
            at += Integer.BYTES;
            @Nullable MeshMessage message =
                    next < 0 || next > end - at ? null : decoder.decode(buffer, at, next);
            isWhole = message != null;
            if (message != null) {
                all.add(message);
                at += next;
            }
        }
        return isWhole && at == end ? all : List.of();
    }

    private boolean isBatch(DirectBuffer buffer, int offset, int length) {
        if (length < MESSAGES_AT || length > MeshEncoder.MESSAGE_BYTES_MAX) {
            return false;
        }
        headerIn.wrap(buffer, offset);
        return headerIn.schemaId() == BatchDecoder.SCHEMA_ID
                && headerIn.templateId() == BatchDecoder.TEMPLATE_ID
                && headerIn.blockLength() == BatchDecoder.BLOCK_LENGTH;
    }
}
