package dev.horizon.engine.tick;

/**
 * What a node tells others of its star system of what is near their regions.
 *
 * @param ticks between two words to one of them, at least 1
 * @param craftMetres how far from their regions it tells of small things; 0 where it tells nothing
 * @param capitalMetres the same of capital ships
 * @param stationMetres of stations
 * @param bodyMetres of planets and stars
 */
public record GhostConfig(
        int ticks,
        double craftMetres,
        double capitalMetres,
        double stationMetres,
        double bodyMetres) {
    /** Tells nothing, and wants to know of no neighbours. */
    public static final GhostConfig NONE = new GhostConfig(1, 0, 0, 0, 0);

    /** True where it tells something. */
    boolean isTold() {
        return craftMetres > 0;
    }

    /** By size class, its ordinal. */
    double metres(int sizeClass) {
        return switch (sizeClass) {
            case 0 -> craftMetres;
            case 1 -> capitalMetres;
            case 2 -> stationMetres;
            default -> bodyMetres;
        };
    }
}
