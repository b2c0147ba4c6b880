/** Other servers in the same run: installed from the public registries, no part of this project. */
@NullMarked
package dev.horizon.perf.rivals;

import org.jspecify.annotations.NullMarked;
