package dev.horizon.tools.live;

import dev.horizon.engine.config.Spelling;
import java.util.List;

/** Tells that a query names a component that nobody registered. */
public final class UnknownComponent {
    private UnknownComponent() {}

    /** The message: which is unknown, and which is meant or known. */
    public static String message(String component, List<String> known) {
        String nearest = Spelling.nearest(component, known);
        return "no component '"
                + component
                + "'; "
                + (nearest == null
                        ? "known are " + String.join(", ", known)
                        : "did you mean '" + nearest + "'?");
    }
}
