/** The Java client: what a player's program does, for tests, tools and native clients. */
@NullMarked
package dev.horizon.net.client;

import org.jspecify.annotations.NullMarked;
