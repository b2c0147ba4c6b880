package dev.horizon.net.gateway;

/** What is known of a player from earlier logins. */
@FunctionalInterface
public interface PlayerProfiles {
    /**
     * The player's profile as it enters the tick, or no bytes for a new player. May wait for a
     * disk: called on a virtual thread.
     */
    byte[] find(String player);
}
