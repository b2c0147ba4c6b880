package dev.horizon.plugins.sol;

import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.Region;

/** Where something is put, and how it moves there. */
record Place(double x, double y, double z, float vx, float vy, float vz) {
    static Place still(double x, double y, double z) {
        return new Place(x, y, z, 0, 0, 0);
    }

    static Place of(Position at, Motion movement) {
        return new Place(at.x(), at.y(), at.z(), movement.vx(), movement.vy(), movement.vz());
    }

    boolean isIn(Region region) {
        return region.contains(x, y, z);
    }

    Place plus(double dx, double dy, double dz) {
        return new Place(x + dx, y + dy, z + dz, vx, vy, vz);
    }

    /** A place in a ball about this one, evenly spread. */
    Place within(Dice dice, double radius) {
        return about(dice, 0, radius);
    }

    /** A place so far away, evenly spread. */
    Place about(Dice dice, double from, double to) {
        double u = dice.between(-1, 1);
        double turn = dice.angle();
        double out = StrictMath.cbrt(dice.between(from * from * from, to * to * to));
        double flat = out * Math.sqrt(1 - u * u);
        return plus(flat * StrictMath.cos(turn), flat * StrictMath.sin(turn), out * u);
    }

    /** A place on the way to another, with this one's movement. */
    Place towards(Place other, double share) {
        return plus((other.x - x) * share, (other.y - y) * share, (other.z - z) * share);
    }

    double distanceTo(Place other) {
        double dx = other.x - x;
        double dy = other.y - y;
        double dz = other.z - z;
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }
}
