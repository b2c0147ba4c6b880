package @PACKAGE@;

import dev.horizon.engine.plugin.Default;

/**
 * What an operator sets in {@code [plugins.@NAME@]}.
 *
 * @param greeting what players hear from the beacon
 * @param radius of its circle, metres
 */
public record Settings(@Default("The beacon shines.") String greeting, @Default("120000") double radius) {}
