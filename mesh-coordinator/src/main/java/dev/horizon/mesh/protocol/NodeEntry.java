package dev.horizon.mesh.protocol;

/**
 * What the coordinator knows of a node. Times are the cluster's, ms.
 *
 * @param name one present node of the mesh has it at a time
 * @param home of the data folder in which it began
 * @param folder in which it is now: another since a standby took over
 * @param life the newest, of that folder
 * @param presence whether that life may tick
 * @param block of the ids of entities that this life makes
 * @param starSystem the place that it runs
 * @param address where gateways hear it
 * @param pages where its API is
 * @param peer where other nodes send it entities; empty where it takes none
 * @param heardAt when it last spoke
 * @param advancedAt when its tick last advanced
 * @param deliveredAt when a subscriber last had a newer tick
 * @param revision of what it owns, grows with each change
 * @param load its last report
 * @param offer which services it has for others
 * @param offered with which change it came to offer that; 0 while it never offered anything
 */
public record NodeEntry(
        String name,
        long home,
        long folder,
        long life,
        Presence presence,
        int block,
        String starSystem,
        String address,
        String pages,
        String peer,
        long heardAt,
        long advancedAt,
        long deliveredAt,
        int revision,
        NodeLoad load,
        ServiceOffer offer,
        long offered) {
    /** True while a standby goes on for it that took over. */
    public boolean isTakenOver() {
        return folder != home;
    }

    /** The same, with other regions. */
    public NodeEntry revised() {
        return changed(presence, revision + 1, offer, offered);
    }

    /** The same with another presence. */
    public NodeEntry as(Presence other) {
        return changed(other, revision, offer, offered);
    }

    /** The same with other services, from a change on. */
    public NodeEntry offering(ServiceOffer next, long change) {
        return changed(presence, revision, next, change);
    }

    private NodeEntry changed(
            Presence nextPresence, int nextRevision, ServiceOffer nextOffer, long nextOffered) {
        return new NodeEntry(
                name,
                home,
                folder,
                life,
                nextPresence,
                block,
                starSystem,
                address,
                pages,
                peer,
                heardAt,
                advancedAt,
                deliveredAt,
                nextRevision,
                load,
                nextOffer,
                nextOffered);
    }

    /** The same after a report at a time. */
    public NodeEntry reporting(NodeLoad next, long now) {
        return new NodeEntry(
                name,
                home,
                folder,
                life,
                presence,
                block,
                starSystem,
                address,
                pages,
                peer,
                now,
                next.tick() > load.tick() ? now : advancedAt,
                next.heardTick() > load.heardTick() ? now : deliveredAt,
                revision,
                next,
                offer,
                offered);
    }
}
