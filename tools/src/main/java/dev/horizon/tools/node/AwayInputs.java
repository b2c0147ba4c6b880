package dev.horizon.tools.node;

import dev.horizon.engine.ports.InputSource;
import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.tick.SessionStateColumn;
import dev.horizon.schemas.ticklog.DilationEncoder;
import dev.horizon.schemas.ticklog.GatewayLostEncoder;
import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import dev.horizon.schemas.ticklog.TicksMissedEncoder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The first inputs of a node that was away: how many ticks it missed, that time runs at its normal
 * rate, whatever the recorder did when it ended, and that its gateways are gone: sessions wait
 * until they say them again, or their players come back. Then those of another source. Polled by
 * the tick thread.
 */
final class AwayInputs implements InputSource {
    private static final int NORMAL_PERMILLE = 1_000;

    private final Deque<byte[]> first = new ArrayDeque<>();
    private final InputSource then;
    private final UnsafeBuffer wrapper = new UnsafeBuffer();

    AwayInputs(WorldState world, long lastTick, long missed, InputSource then) {
        this.then = then;
        MessageHeaderEncoder header = new MessageHeaderEncoder();
        byte[] away =
                new byte[MessageHeaderEncoder.ENCODED_LENGTH + TicksMissedEncoder.BLOCK_LENGTH];
        new TicksMissedEncoder()
                .wrapAndApplyHeader(new UnsafeBuffer(away), 0, header)
                .lastTick(lastTick)
                .ticks(missed);
        first.add(away);
        byte[] rate = new byte[MessageHeaderEncoder.ENCODED_LENGTH + DilationEncoder.BLOCK_LENGTH];
        new DilationEncoder()
                .wrapAndApplyHeader(new UnsafeBuffer(rate), 0, header)
                .permille(NORMAL_PERMILLE);
        first.add(rate);
        for (int gateway : gateways(world)) {
            byte[] lost =
                    new byte[MessageHeaderEncoder.ENCODED_LENGTH + GatewayLostEncoder.BLOCK_LENGTH];
            new GatewayLostEncoder()
                    .wrapAndApplyHeader(new UnsafeBuffer(lost), 0, header)
                    .gatewayId(gateway);
            first.add(lost);
        }
    }

    private static TreeSet<Integer> gateways(WorldState world) {
        TreeSet<Integer> gateways = new TreeSet<>();
        for (int i = 0; i < world.tableCount(); i++) {
            Table table = world.table(i);
            SessionStateColumn sessions = table.column(SessionStateColumn.TYPE);
            for (int row = 0; sessions != null && row < table.size(); row++) {
                gateways.add(sessions.gatewayId[row]);
            }
        }
        return gateways;
    }

    @Override
    public int poll(InputHandler handler, int limit) {
        int taken = 0;
        while (!first.isEmpty() && taken < limit) {
            byte[] next = first.getFirst();
            wrapper.wrap(next);
            if (!handler.onInput(wrapper, 0, next.length)) {
                return taken;
            }
            first.removeFirst();
            taken++;
        }
        return taken + then.poll(handler, limit - taken);
    }
}
