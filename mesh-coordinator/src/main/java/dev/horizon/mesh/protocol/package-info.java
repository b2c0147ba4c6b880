/** What the coordinator and its clients say to each other, as records and as SBE. */
@NullMarked
package dev.horizon.mesh.protocol;

import org.jspecify.annotations.NullMarked;
