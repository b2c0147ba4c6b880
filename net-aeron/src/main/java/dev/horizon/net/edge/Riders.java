package dev.horizon.net.edge;

/**
 * For whom what rides in an entity is: most ships carry nothing that others than their owners may
 * see, and so for all others nothing has to be looked for.
 */
final class Riders {
    /** Riders of riders of riders. */
    static final int DEPTH_MAX = 8;

    /** Nothing near is told of any rider. */
    private static final int NOBODY = -1;

    /** Some are for one audience, some for another. */
    private static final int SEVERAL = -2;

    private final EdgeEntities entities;
    private final EdgeTracks tracks;

    Riders(EdgeEntities entities, EdgeTracks tracks) {
        this.entities = entities;
        this.tracks = tracks;
    }

    /**
     * The audience that all riders of an entity are for, 0 for everybody; or that there is none.
     */
    int audience(int carrier) {
        return audience(carrier, NOBODY, DEPTH_MAX);
    }

    private int audience(int carrier, int before, int depth) {
        int audience = before;
        for (int rider = entities.firstRider[carrier];
                rider != EdgeEntities.NONE;
                rider = entities.nextRider[rider]) {
            for (int tier = Viewer.CLOSE; tier <= Viewer.MEDIUM; tier++) {
                EdgeChannel channel = tracks.owner[EdgeTracks.of(rider, tier)];
                if (channel != null) {
                    audience = both(audience, channel.audience);
                }
            }
            if (depth > 1) {
                audience = audience(rider, audience, depth - 1);
            }
        }
        return audience;
    }

    private static int both(int one, int other) {
        return one == NOBODY || one == other ? other : SEVERAL;
    }

    /** False where none of the riders is for a viewer. */
    static boolean mayBeSeen(Viewer viewer, int audience) {
        return audience == SEVERAL || audience != NOBODY && viewer.sees(audience);
    }
}
