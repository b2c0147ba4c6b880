/**
 * A node and its hot standby: the standby records the node's tape, runs every tick again, and the
 * node lets nothing leave that the standby hasn't recorded. Who may speak is decided by two state
 * machines, {@link dev.horizon.net.standby.NodePact} and {@link
 * dev.horizon.net.standby.StandbyPact}, that know no network; the rest carries messages.
 */
@NullMarked
package dev.horizon.net.standby;

import org.jspecify.annotations.NullMarked;
