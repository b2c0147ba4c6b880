package dev.horizon.tools.soak.bots;

import dev.horizon.engine.world.EntityId;
import dev.horizon.net.crowd.Wire;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;

/**
 * Watches that a player keeps their ship when they come to another node: under its id, and seen
 * soon. The crowd's thread alone.
 */
final class ShipWatch {
    /** Longer than a killed node takes to be back. */
    private static final long UNSEEN_NANOS_MAX = TimeUnit.SECONDS.toNanos(60);

    private final Tally tally;
    private EntityId ship = EntityId.NONE;
    private boolean hasCrossed;
    private long toldAt;

    /** While the ship has not been seen at the other node, what was told last before; else 0. */
    private long unseenSince;

    ShipWatch(Tally tally) {
        this.tally = tally;
    }

    /** None while the player has none. */
    EntityId ship() {
        return ship;
    }

    /** A ship is the player's: another one only when the former was destroyed. */
    void taken(EntityId other) {
        if (!ship.isNone() && !ship.equals(other)) {
            tally.shipsLost++;
        }
        ship = other;
    }

    /** The player has none, and knows why. */
    void gone() {
        ship = EntityId.NONE;
        unseenSince = 0;
    }

    /** The player is connected anew: what they are told next is whole. */
    void connected(long now) {
        toldAt = now;
        unseenSince = 0;
    }

    /** The player is at another node from now on. */
    void moved(long now) {
        tally.crossings++;
        if (!hasCrossed) {
            hasCrossed = true;
            tally.crossers++;
        }
        if (!ship.isNone() && unseenSince == 0) {
            unseenSince = toldAt;
        }
        toldAt = now;
    }

    /** Something was told of a tick. */
    void told(ByteBuf in, int at, int length, long now) {
        toldAt = now;
        if (unseenSince != 0) {
            Wire.messages(in, at, length, (of, message, bytes) -> look(of, message, now));
        }
    }

    private void look(ByteBuf in, int message, long now) {
        boolean isHere =
                Wire.template(in, message) == Wire.VIEW && Wire.enters(in, message, ship.value());
        if (isHere && unseenSince != 0) {
            tally.gap(now - unseenSince);
            unseenSince = 0;
        }
    }

    /** A ship that isn't seen for long is lost. */
    void turn(long now) {
        if (unseenSince != 0 && now - unseenSince > UNSEEN_NANOS_MAX) {
            tally.shipsLost++;
            unseenSince = 0;
        }
    }
}
