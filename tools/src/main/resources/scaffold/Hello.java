package @PACKAGE@;

/**
 * What the beacon says to players.
 *
 * @param text its words
 */
public record Hello(String text) {}
