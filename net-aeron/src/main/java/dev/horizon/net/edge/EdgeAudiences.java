package dev.horizon.net.edge;

import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;

/** The channels held of what is for an audience alone, by audience. */
final class EdgeAudiences {
    private final Int2ObjectHashMap<List<EdgeChannel>> byAudience = new Int2ObjectHashMap<>();

    void add(EdgeChannel channel) {
        byAudience.computeIfAbsent(channel.audience, key -> new ArrayList<>()).add(channel);
    }

    void remove(EdgeChannel channel) {
        List<EdgeChannel> ofAudience = of(channel.audience);
        if (ofAudience.size() > 1) {
            ofAudience.remove(channel);
        } else {
            byAudience.remove(channel.audience);
        }
    }

    /** Those of one audience. */
    List<EdgeChannel> of(int audience) {
        List<EdgeChannel> found = byAudience.get(audience);
        return found == null ? List.of() : found;
    }
}
