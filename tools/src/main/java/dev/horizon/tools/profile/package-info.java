/** What slow ticks of a running node did, by Java's flight recorder. */
@NullMarked
package dev.horizon.tools.profile;

import org.jspecify.annotations.NullMarked;
