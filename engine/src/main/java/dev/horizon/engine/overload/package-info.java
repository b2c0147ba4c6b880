/** What a node does when its ticks take more than they may: see docs/overload.md. */
@NullMarked
package dev.horizon.engine.overload;

import org.jspecify.annotations.NullMarked;
