package dev.horizon.engine.world;

/**
 * What steers an entity that moves and turns, in its own axes: receivers who know it extrapolate
 * its flight until its controls change, however it turns. Written by whoever integrates the flight,
 * as what a tick's controls made of it; mark a row only when it changes.
 *
 * @param thrustX acceleration along the nose, metres per second squared
 * @param thrustY to the left
 * @param thrustZ upwards
 * @param spinX angular velocity that it strives for, about the nose, radians per second
 * @param spinY about the left wing
 * @param spinZ about the top
 * @param spinRamp how fast its angular velocity comes to that about each axis, radians per second
 *     squared
 */
@Component
public record Steering(
        float thrustX,
        float thrustY,
        float thrustZ,
        float spinX,
        float spinY,
        float spinZ,
        float spinRamp) {
    /** Hands off. */
    public static final Steering NONE = new Steering(0, 0, 0, 0, 0, 0, 0);
}
