/** What a soak is to do, as a person writes it, and the figures that it may be held to. */
@NullMarked
package dev.horizon.tools.soak.plan;

import org.jspecify.annotations.NullMarked;
