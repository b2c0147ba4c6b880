/** What this machine can do for a node, measured, and judged. */
@NullMarked
package dev.horizon.tools.doctor;

import org.jspecify.annotations.NullMarked;
