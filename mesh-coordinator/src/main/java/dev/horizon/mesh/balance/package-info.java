/** When regions are cut, moved and put together for the sake of load. */
@NullMarked
package dev.horizon.mesh.balance;

import org.jspecify.annotations.NullMarked;
