/**
 * The tape run again: which node made it, the same world made anew, every tick compared with what
 * is recorded.
 */
@NullMarked
package dev.horizon.tools.tape;

import org.jspecify.annotations.NullMarked;
