package dev.horizon.tools.soak.plan;

import dev.horizon.engine.plugin.Default;
import java.time.Duration;

/**
 * Some time with a number of players.
 *
 * @param name of the stage
 * @param duration of it, the ramp included
 * @param ramp in which players come, or go, evenly; 0 for all at once
 * @param players at its end
 */
public record StagePlan(String name, Duration duration, @Default("0s") Duration ramp, int players) {
    /** Refuses what can't be. */
    public StagePlan {
        SoakPlan.require(!name.isBlank(), "a stage has a name, such as name = \"hold\"");
        SoakPlan.require(
                duration.toMillis() >= 1_000, "stage " + name + ": duration is 1s at least");
        SoakPlan.require(
                ramp.compareTo(duration) <= 0,
                "stage " + name + ": its ramp takes longer than the stage");
        SoakPlan.require(players >= 0, "stage " + name + ": players = " + players);
    }
}
