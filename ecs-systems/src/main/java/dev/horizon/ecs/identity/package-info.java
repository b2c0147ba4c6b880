/** Identity: what an object is, whose side it is on, and who is hostile to whom. */
@NullMarked
package dev.horizon.ecs.identity;

import org.jspecify.annotations.NullMarked;
