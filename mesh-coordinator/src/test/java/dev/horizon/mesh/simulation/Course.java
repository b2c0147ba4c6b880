package dev.horizon.mesh.simulation;

/** Why ships move from node to node. */
enum Course {
    /** Somebody asks for it. */
    COMMANDS,
    /** Nodes have regions of one star system, and ships that are beyond them. */
    BORDERS,
    /** The same, and regions move. */
    MOVES,
    /** Two nodes share a star system, one has another, and ships jump to and fro. */
    GATES,
    /** Somebody asks for it, and nodes have a service, which each of them uses. */
    SERVICES,
    /** The same, and nodes have standbys, which take over. */
    STANDBYS;

    String starSystem(long home) {
        return this == GATES && home == 3 ? "vega" : "sol";
    }

    /** Nodes tell each other of what is near their regions. */
    boolean hasGhosts() {
        return this == BORDERS || this == MOVES;
    }

    boolean hasRegions() {
        return this == BORDERS || this == MOVES || this == GATES;
    }

    boolean hasServices() {
        return this == SERVICES || this == STANDBYS;
    }
}
