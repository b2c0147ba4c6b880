package dev.horizon.mesh.agent;

import dev.horizon.engine.plugin.HorizonException;
import java.util.concurrent.TimeUnit;

/** What is said when no coordinator answers. */
final class Unanswered {
    private Unanswered() {}

    static HorizonException within(long millis, CoordinatorLink link) {
        String trouble = link.trouble();
        return new HorizonException(
                "HZ-MESH-019",
                "no coordinator has answered within "
                        + TimeUnit.MILLISECONDS.toSeconds(millis)
                        + " s: start a majority of the members that mesh.coordinators names, with"
                        + " the same mesh.key-file, then this again"
                        + (trouble.isEmpty()
                                ? ""
                                : " (the last attempt ended with: " + trouble + ")"));
    }
}
