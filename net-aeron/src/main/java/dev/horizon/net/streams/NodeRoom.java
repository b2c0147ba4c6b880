package dev.horizon.net.streams;

/**
 * A node of a star system that takes new players.
 *
 * @param node home by which the mesh knows it
 * @param tenths of a tick's budget that it has to spare; 0 where it has none
 */
public record NodeRoom(long node, int tenths) {}
