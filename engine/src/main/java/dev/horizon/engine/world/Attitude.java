package dev.horizon.engine.world;

/**
 * Orientation as a unit quaternion that turns body axes into the star system's axes, and the
 * angular velocity in body axes. The body's nose is +x, its right wing -y (so left is +y), its top
 * +z.
 *
 * @param qx vector part
 * @param qy vector part
 * @param qz vector part
 * @param qw scalar part; (0, 0, 0, 1) is unturned
 * @param wx radians per second about the nose (roll)
 * @param wy radians per second (pitch)
 * @param wz radians per second (yaw)
 */
@Component
public record Attitude(float qx, float qy, float qz, float qw, float wx, float wy, float wz) {}
