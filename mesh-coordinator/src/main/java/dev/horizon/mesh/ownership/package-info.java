/** Which node owns which region: from configuration, fenced by epochs. */
@NullMarked
package dev.horizon.mesh.ownership;

import org.jspecify.annotations.NullMarked;
