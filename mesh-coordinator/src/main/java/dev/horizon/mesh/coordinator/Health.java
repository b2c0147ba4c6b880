package dev.horizon.mesh.coordinator;

import dev.horizon.mesh.protocol.NodeEntry;

/**
 * How a node fares: by ticks that advanced and reached a subscriber, never by an open port. A
 * silent node is overloaded first and only much later taken for lost; even then nobody takes its
 * regions until someone vouches that its process is gone.
 */
public enum Health {
    /** Its ticks advance, and where it has players, reach a subscriber. */
    TICKING,
    /** Its ticks did not advance, or did not arrive, for five seconds. */
    OVERLOADED,
    /** Nothing for a minute: dead, or cut off from the coordinator and still ticking. */
    SILENT,
    /** It said goodbye. */
    LEFT,
    /** An operator vouched that it is gone. */
    GONE;

    /** A late report is no death: collectors, suspended hosts and elections take seconds. */
    public static final long OVERLOADED_AFTER_MILLIS = 5_000;

    /** What operators of meshes learnt to wait before they call a server dead. */
    public static final long SILENT_AFTER_MILLIS = 60_000;

    /** The health of a node at a time of the cluster. */
    public static Health of(NodeEntry node, long now) {
        return switch (node.presence()) {
            case LEFT -> LEFT;
            case GONE -> GONE;
            case PRESENT -> {
                if (now - node.advancedAt() > SILENT_AFTER_MILLIS) {
                    yield SILENT;
                }
                boolean isLate = now - node.advancedAt() > OVERLOADED_AFTER_MILLIS;
                boolean isUnheard =
                        node.load().sessions() > 0
                                && now - node.deliveredAt() > OVERLOADED_AFTER_MILLIS;
                yield isLate || isUnheard ? OVERLOADED : TICKING;
            }
        };
    }
}
