/**
 * The world as authors see it: components, entities, compositions, and how code reaches columns.
 */
@NullMarked
package dev.horizon.engine.world;

import org.jspecify.annotations.NullMarked;
