package dev.horizon.engine.dispatch;

/** Which nodes offer which services, and where events for them go. On the tick thread. */
public interface ServicePort {
    /** The number of this node. */
    int node();

    /** The numbers of the nodes that offer a type, this one included where it does; in order. */
    int[] offering(String type);

    /** Which of those serves a key; they are one at least. */
    int serving(String type, long key, int[] offering);

    /**
     * Keeps an event for each of some nodes, this one apart, until they have it.
     *
     * @throws dev.horizon.engine.plugin.HorizonException HZ-SVC-002 while too much waits for one of
     *     them, HZ-EVT-003 to 009 for what no payload can carry; it is kept for none then
     */
    void post(String type, Record event, int... nodes);
}
