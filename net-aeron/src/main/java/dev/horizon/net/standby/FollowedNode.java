package dev.horizon.net.standby;

import dev.horizon.engine.plugin.HorizonException;

/** What a {@link StandbyDesk} needs of the node around it. Any thread calls it. */
public interface FollowedNode {
    /** The last tick done. */
    long tick();

    /** Ticks per second. */
    int tickHz();

    /** Before the standby may take over: notes that, for who starts the node's folder again. */
    void attached(String standby);

    /** The standby never will take over. */
    void letGo();

    /** The standby took over: this node has to end. */
    void replaced(HorizonException why);

    /** A snapshot is wanted as soon as may be. */
    void askSnapshot();
}
