/**
 * The demo star system: content and rules on the standard mechanisms. Bodies, stations, a belt, and
 * traffic that never stops; players take ships in it.
 */
@NullMarked
package dev.horizon.plugins.sol;

import org.jspecify.annotations.NullMarked;
