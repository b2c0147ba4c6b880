package dev.horizon.mesh.protocol;

import java.util.List;

/**
 * What a node offers to the others.
 *
 * @param world id block of its world, by which services know the node; 0 before it has one
 * @param types of services, in order
 */
public record ServiceOffer(int world, List<String> types) {
    /** Of a node that has no world yet. */
    public static final ServiceOffer NONE = new ServiceOffer(0, List.of());

    /** Copies the list. */
    public ServiceOffer {
        types = List.copyOf(types);
    }

    /** From types with spaces between them. */
    static ServiceOffer of(int world, String text) {
        return new ServiceOffer(world, text.isEmpty() ? List.of() : List.of(text.split(" ")));
    }

    /** The types with spaces between them. */
    String text() {
        return String.join(" ", types);
    }

    /** The same node when it offers nothing. */
    public ServiceOffer withdrawn() {
        return new ServiceOffer(world, List.of());
    }
}
