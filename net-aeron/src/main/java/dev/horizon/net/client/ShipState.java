package dev.horizon.net.client;

/**
 * How a ship flies at a moment: place in metres, velocity, acceleration, attitude as a unit
 * quaternion from body axes, and angular velocity in body axes, radians per second. Mutable, so
 * that a step moves it on in place; no thread owns it.
 */
public final class ShipState {
    /** Metres. */
    public double x;

    /** Metres. */
    public double y;

    /** Metres. */
    public double z;

    /** Metres per second. */
    public double vx;

    /** Metres per second. */
    public double vy;

    /** Metres per second. */
    public double vz;

    /** Metres per second squared. */
    public double ax;

    /** Metres per second squared. */
    public double ay;

    /** Metres per second squared. */
    public double az;

    /** Of the attitude. */
    public double qx;

    /** Of the attitude. */
    public double qy;

    /** Of the attitude. */
    public double qz;

    /** Of the attitude. */
    public double qw = 1;

    /** About the nose. */
    public double wx;

    /** About the left side. */
    public double wy;

    /** About the top. */
    public double wz;

    /** The same again, to be changed by itself. */
    public ShipState copy() {
        return new ShipState().set(this);
    }

    /** Becomes what another one is. */
    public ShipState set(ShipState other) {
        move(other);
        turn(other);
        return this;
    }

    /** Takes over place, velocity and acceleration alone. */
    void move(ShipState other) {
        x = other.x;
        y = other.y;
        z = other.z;
        vx = other.vx;
        vy = other.vy;
        vz = other.vz;
        ax = other.ax;
        ay = other.ay;
        az = other.az;
    }

    /** Takes over attitude and angular velocity alone. */
    void turn(ShipState other) {
        qx = other.qx;
        qy = other.qy;
        qz = other.qz;
        qw = other.qw;
        wx = other.wx;
        wy = other.wy;
        wz = other.wz;
    }

    /** Moves a part of the way to another one's place. */
    void approach(ShipState other, double part) {
        x += (other.x - x) * part;
        y += (other.y - y) * part;
        z += (other.z - z) * part;
    }

    /** Metres between the two. */
    double apart(ShipState other) {
        double dx = x - other.x;
        double dy = y - other.y;
        double dz = z - other.z;
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }

    /** Radians between the two attitudes. */
    double turned(ShipState other) {
        double dot = Math.abs(qx * other.qx + qy * other.qy + qz * other.qz + qw * other.qw);
        return 2 * Math.acos(Math.min(1, dot));
    }
}
