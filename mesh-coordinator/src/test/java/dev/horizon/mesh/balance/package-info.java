@NullMarked
package dev.horizon.mesh.balance;

import org.jspecify.annotations.NullMarked;
