package dev.horizon.engine.events;

import dev.horizon.engine.plugin.HorizonException;
import java.nio.charset.StandardCharsets;

/**
 * Events to services, wherever in the mesh they are. A node offers a service type where a plugin
 * says so ({@link dev.horizon.engine.plugin.Registrar#offer}); a node that is in no mesh knows of
 * itself alone, and the same code works there.
 *
 * <p>What is sent to this node itself is raised when the current handlers are done, like {@link
 * EventContext#emit} does it. What is sent to others leaves once the tick is recorded, and waits
 * until they have recorded it, however often either of them dies: each node that it is sent to
 * raises it once, and in the order in which one node sent to another. Valid during a handler's
 * call, on the tick thread.
 */
public interface Services {
    /** Service types that one node offers at most. */
    int TYPES_MAX = 32;

    /** Characters of a service type at most. */
    int TYPE_LENGTH_MAX = 32;

    /**
     * The number of this node among those that offer services; the same for as long as its world.
     */
    int node();

    /** The numbers of the nodes that offer the type, this one included where it does; in order. */
    int[] nodes(String type);

    /** True where at least one node offers the type, be it this one. */
    boolean isOffered(String type);

    /**
     * Sends an event to every node that offers the type, this one included where it does.
     *
     * @return how many
     * @throws HorizonException HZ-SVC-001 where none does, HZ-SVC-002 while too much waits for one
     *     of them, HZ-EVT-003 to 009 for what no payload can carry; nobody gets it then
     */
    int toAll(String type, Record event);

    /**
     * Sends an event to the node that serves a key: one of those that offer the type, the same for
     * all that know of the same nodes. Where a node comes or goes, it serves its share of the keys
     * from then on, and the others keep theirs.
     *
     * @param key any number; of a text {@link #key}
     * @return the number of the node
     * @throws HorizonException as {@link #toAll}
     */
    int toKey(String type, long key, Record event);

    /**
     * Sends an event to one node, as to answer an event that had the sender's {@link #node} in it.
     *
     * @throws HorizonException as {@link #toAll}; HZ-SVC-001 where that node doesn't offer the type
     */
    void toNode(String type, int node, Record event);

    /**
     * The same, for who can do without or try again.
     *
     * @return false, and nothing is sent, where that node doesn't offer the type or too much waits
     *     for it
     * @throws HorizonException HZ-EVT-003 to 009 for what no payload can carry
     */
    default boolean reaches(String type, int node, Record event) {
        try {
            toNode(type, node, event);
            return true;
        } catch (HorizonException e) {
            if (e.code().startsWith("HZ-SVC-")) {
                return false;
            }
            throw e;
        }
    }

    /** The key of a text: 64-bit FNV-1a of its UTF-8. */
    static long key(String text) {
        long hash = 0xCBF29CE484222325L;
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xFF)) * 0x100000001B3L;
        }
        return hash;
    }
}
