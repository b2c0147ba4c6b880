/** The plugin host: jars become registered systems, events and commands, or a reason why not. */
@NullMarked
package dev.horizon.engine.host;

import org.jspecify.annotations.NullMarked;
