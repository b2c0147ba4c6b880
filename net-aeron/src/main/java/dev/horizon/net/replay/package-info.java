/**
 * The tape run again: which node made it, the same world made anew, every tick compared with what
 * is recorded.
 */
@NullMarked
package dev.horizon.net.replay;

import org.jspecify.annotations.NullMarked;
