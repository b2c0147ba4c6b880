/** Writing plugins: a new project, its build, and the loop from saving to running. */
@NullMarked
package dev.horizon.tools.plugin;

import org.jspecify.annotations.NullMarked;
