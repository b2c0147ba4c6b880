package dev.horizon.engine.tick;

import dev.horizon.engine.ports.FrameHold;
import dev.horizon.engine.ports.ReplicationEncoder;
import dev.horizon.engine.world.Tier;
import dev.horizon.schemas.replication.BeaconEncoder;
import dev.horizon.schemas.replication.FrameEncoder;
import dev.horizon.schemas.replication.MessageHeaderEncoder;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes a beacon and as many frames a tick as the test says, of which some may not leave. */
final class TestEncoder implements ReplicationEncoder {
    int framesPerTick;
    int withheld;

    /** Tiers at which somebody is told of an entity, as bits. */
    final Map<Long, Integer> told = new HashMap<>();

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[40]);

    @Override
    public void look(long tick) {}

    @Override
    public void locate(long tick) {}

    @Override
    public void encode(long tick, FrameHold out) {
        header.wrap(frame, 0).templateId(FrameEncoder.TEMPLATE_ID);
        for (int i = 0; i < framesPerTick; i++) {
            out.offer(i % 3 == 0 ? Tier.CLOSE : Tier.LOW, i, frame, 0, frame.capacity());
        }
        header.templateId(BeaconEncoder.TEMPLATE_ID);
        out.offer(Tier.CLOSE, 100, frame, 0, frame.capacity());
    }

    @Override
    public int toldTiers(long entity) {
        return told.getOrDefault(entity, 0);
    }

    @Override
    public boolean mayRelease(long channelId, DirectBuffer message, int offset) {
        return channelId >= withheld;
    }

    @Override
    public void released(long channelId, DirectBuffer message, int offset) {}

    @Override
    public void lost(long channelId, DirectBuffer message, int offset) {}
}
