/**
 * One battle with everyone in it: what each is shown, within which bytes, and how far from the
 * truth.
 */
@NullMarked
package dev.horizon.perf.battle;

import org.jspecify.annotations.NullMarked;
