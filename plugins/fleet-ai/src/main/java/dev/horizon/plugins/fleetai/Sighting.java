package dev.horizon.plugins.fleetai;

/**
 * What one look around showed: filled anew for each squadron and each choice, never read across
 * ticks. A derived object, so that looking makes no garbage.
 */
final class Sighting {
    int ships;
    float health;
    double x;
    double y;
    double z;
    int enemies;
    float enemyHealth;
    double enemyX;
    double enemyY;
    double enemyZ;
    double scatter;
    long weakest;
    float least;
    long strongest;
    float most;

    void clear() {
        ships = 0;
        health = 0;
        x = 0;
        y = 0;
        z = 0;
        enemies = 0;
        enemyHealth = 0;
        enemyX = 0;
        enemyY = 0;
        enemyZ = 0;
        scatter = 0;
        weakest = 0;
        least = Float.MAX_VALUE;
        strongest = 0;
        most = 0;
    }

    void own(double px, double py, double pz, float points) {
        ships++;
        health += points;
        x += px;
        y += py;
        z += pz;
    }

    void enemy(double px, double py, double pz, float points, long entity) {
        enemies++;
        enemyHealth += points;
        enemyX += px;
        enemyY += py;
        enemyZ += pz;
        if (points < least) {
            least = points;
            weakest = entity;
        }
        if (points > most) {
            most = points;
            strongest = entity;
        }
    }

    /** Turns the sums of own places into their middle. */
    void centreOwn() {
        x /= ships;
        y /= ships;
        z /= ships;
    }

    /** The same for the enemy's. */
    void centreEnemies() {
        enemyX /= enemies;
        enemyY /= enemies;
        enemyZ /= enemies;
    }

    double metres() {
        return distance(x, y, z, enemyX, enemyY, enemyZ);
    }

    static double distance(double ax, double ay, double az, double bx, double by, double bz) {
        double dx = ax - bx;
        double dy = ay - by;
        double dz = az - bz;
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }
}
