/**
 * Content out of a seed and out of what each player does: missions, the sites where they take
 * place, and the pirates that some of them are about.
 */
@NullMarked
package dev.horizon.plugins.procgen;

import org.jspecify.annotations.NullMarked;
