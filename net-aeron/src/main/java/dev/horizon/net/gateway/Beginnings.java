package dev.horizon.net.gateway;

import dev.horizon.net.streams.NodeRoom;
import java.util.List;

/**
 * Where players begin who own nothing: at a node that takes new players and that the gateway has,
 * the likelier the more room it has. Which one is a matter of who it is: a crowd that comes before
 * nodes report anew is shared among them, and who tries again is sent to the same. What the
 * coordinator said last counts for as long as it is away. Agent thread.
 */
final class Beginnings {
    private final List<Side> sides;

    Beginnings(List<Side> sides) {
        this.sides = sides;
    }

    /**
     * The home of the node where a player is to begin; 0 for the first, and where none is known.
     */
    long of(long playerId) {
        Side first = sides.getFirst();
        List<NodeRoom> rooms = first.node.placement();
        long all = 0;
        boolean isAnyRoom = false;
        for (NodeRoom each : rooms) {
            isAnyRoom |= each.tenths() > 0 && isThere(each.node());
        }
        for (NodeRoom each : rooms) {
            all += share(each, isAnyRoom);
        }
        if (all == 0) {
            return 0;
        }
        long draw = Long.remainderUnsigned(mix(playerId), all);
        for (NodeRoom each : rooms) {
            draw -= share(each, isAnyRoom);
            if (draw < 0) {
                return each.node() == first.node.home() ? 0 : each.node();
            }
        }
        return 0;
    }

    /** Where none has room, all share alike: nobody is turned away for it. */
    private int share(NodeRoom room, boolean isAnyRoom) {
        int share = isAnyRoom ? room.tenths() : 1;
        return isThere(room.node()) ? share : 0;
    }

    private boolean isThere(long home) {
        for (int i = 0; i < sides.size(); i++) {
            if (sides.get(i).node.home() == home) {
                return sides.get(i).isThere();
            }
        }
        return false;
    }

    /** The finalizer of SplitMix64: numbers of players may be names' hashes, or 1, 2, 3. */
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
