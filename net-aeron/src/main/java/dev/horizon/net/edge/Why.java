package dev.horizon.net.edge;

/**
 * Why a client did or didn't hold an entity at a tick.
 *
 * @param tick of the decision, or of now where nothing was decided since the client came
 * @param tier at which the entity comes since, or NOT_NEAR where it isn't held near: LOW and SENSOR
 *     channels alone show it then
 * @param channel that tells of it at that tier, empty where none does
 * @param distanceMetres from the viewer when it was decided; NaN where nobody knows
 * @param limitMetres how far that tier reaches for it, or MEDIUM where it is not near; what sensors
 *     leave of it
 * @param reason what decided
 * @param remembered true when the decision was remembered, false when it was worked out for now
 */
public record Why(
        long tick,
        String tier,
        String channel,
        double distanceMetres,
        double limitMetres,
        Reason reason,
        boolean remembered) {
    /** The tier of what isn't held near. */
    public static final String NOT_NEAR = "NOT_NEAR";
}
