package dev.horizon.tools.live;

import dev.horizon.engine.world.Tier;
import dev.horizon.net.streams.FrameSubscriber;
import java.util.Map;

/**
 * A node as a gateway in a process of its own has it.
 *
 * @param address as the gateway was told it
 * @param isThere true while it is heard
 * @param tick the last that was heard of, 0 before the first
 * @param received by tier: what came, and what of it nobody here needed, which is the price of
 *     multicast; from the beginning when the node comes back
 */
public record HeardNode(
        String address, boolean isThere, long tick, Map<Tier, FrameSubscriber.Received> received) {}
