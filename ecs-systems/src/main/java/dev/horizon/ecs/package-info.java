/** The standard mechanisms, one package each. A plugin registers those that its world uses. */
@NullMarked
package dev.horizon.ecs;

import org.jspecify.annotations.NullMarked;
