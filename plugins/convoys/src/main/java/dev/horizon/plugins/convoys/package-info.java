/**
 * Convoys: freighters that buy where things are cheap and sell where they are dear, with escorts
 * that find another freighter when theirs is lost.
 */
@NullMarked
package dev.horizon.plugins.convoys;

import org.jspecify.annotations.NullMarked;
