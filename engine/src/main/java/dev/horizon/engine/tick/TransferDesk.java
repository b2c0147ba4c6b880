package dev.horizon.engine.tick;

import dev.horizon.engine.ports.InputSource;
import dev.horizon.schemas.ticklog.MessageHeaderDecoder;
import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import dev.horizon.schemas.ticklog.ParcelDecoder;
import dev.horizon.schemas.ticklog.ParcelSettledDecoder;
import dev.horizon.schemas.ticklog.ParcelSettledEncoder;
import dev.horizon.schemas.ticklog.ReleaseEntityDecoder;
import dev.horizon.schemas.ticklog.ReleaseEntityEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Takes what other processes want of entities that move between nodes, as recorded inputs of a
 * later tick; what came of it goes to the loop's {@link dev.horizon.engine.ports.TransferSink}. Any
 * of it may be asked for twice, or too late: it is done once. For any thread.
 */
public final class TransferDesk implements InputSource {
    /** As many inputs as a tick takes; more wait with who asks: they ask again. */
    private static final int WAITING_MAX = 8192;

    private final Queue<byte[]> waiting = new ArrayBlockingQueue<>(WAITING_MAX);

    TransferDesk() {}

    /**
     * Of a loop's state, what lasts though other plugins or another build go on: what is on its way
     * to other nodes, and what came from them.
     */
    public static byte[] lasting(byte[] loopState) {
        byte[] transfers = LoopState.only(TransferState.NAME, loopState);
        byte[] handovers = LoopState.only(HandoverState.NAME, loopState);
        byte[] both = Arrays.copyOf(transfers, transfers.length + handovers.length);
        System.arraycopy(handovers, 0, both, transfers.length, handovers.length);
        return both;
    }

    /**
     * Asks to release an entity, with all that rides in it.
     *
     * @param transfer the coordinator's number
     * @param floor no transfer of this node below it is open
     * @param entity its id
     * @param home of this node
     * @param destination home of the node that takes it
     * @return false while too much waits: to be asked again
     */
    public boolean release(long transfer, long floor, long entity, long home, long destination) {
        byte[] message =
                new byte[MessageHeaderEncoder.ENCODED_LENGTH + ReleaseEntityEncoder.BLOCK_LENGTH];
        new ReleaseEntityEncoder()
                .wrapAndApplyHeader(new UnsafeBuffer(message), 0, new MessageHeaderEncoder())
                .transfer(transfer)
                .floor(floor)
                .entity(entity)
                .home(home)
                .destination(destination);
        return waiting.offer(message);
    }

    /**
     * Brings a parcel of another node, which is kept.
     *
     * @return false while too much waits: to be brought again
     */
    public boolean bring(byte[] parcel) {
        return waiting.offer(parcel);
    }

    /**
     * Says that a destination has recorded parcels.
     *
     * @param sequence all up to this one
     * @param returned transfers that it could not take
     * @return false while too much waits: to be said again
     */
    public boolean settle(long destination, long sequence, List<Long> returned) {
        byte[] message =
                new byte
                        [MessageHeaderEncoder.ENCODED_LENGTH
                                + ParcelSettledEncoder.BLOCK_LENGTH
                                + ParcelSettledEncoder.ReturnedEncoder.sbeHeaderSize()
                                + returned.size()
                                        * ParcelSettledEncoder.ReturnedEncoder.sbeBlockLength()];
        ParcelSettledEncoder.ReturnedEncoder group =
                new ParcelSettledEncoder()
                        .wrapAndApplyHeader(
                                new UnsafeBuffer(message), 0, new MessageHeaderEncoder())
                        .destination(destination)
                        .sequence(sequence)
                        .returnedCount(returned.size());
        returned.forEach(transfer -> group.next().transfer(transfer));
        return waiting.offer(message);
    }

    @Override
    public int poll(InputHandler handler, int limit) {
        int taken = 0;
        while (taken < limit) {
            byte[] next = waiting.peek();
            if (next == null || !handler.onInput(new UnsafeBuffer(next), 0, next.length)) {
                break;
            }
            waiting.remove();
            taken++;
        }
        return taken;
    }

    /** True for the header of what nobody may send but this desk, or a tape. */
    static boolean sends(MessageHeaderDecoder header) {
        int template = header.templateId();
        return header.schemaId() == ReleaseEntityDecoder.SCHEMA_ID
                && (template == ReleaseEntityDecoder.TEMPLATE_ID
                        || template == ParcelDecoder.TEMPLATE_ID
                        || template == ParcelSettledDecoder.TEMPLATE_ID);
    }
}
