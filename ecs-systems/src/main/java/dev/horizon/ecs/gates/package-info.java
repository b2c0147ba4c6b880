/** Gates: ships go through them to another star system. */
@NullMarked
package dev.horizon.ecs.gates;

import org.jspecify.annotations.NullMarked;
