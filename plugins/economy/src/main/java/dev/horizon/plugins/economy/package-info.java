/**
 * The economy: accounts, what stations make and use, and books that must balance in every tick. The
 * public types are what other plugins build on.
 */
@NullMarked
package dev.horizon.plugins.economy;

import org.jspecify.annotations.NullMarked;
