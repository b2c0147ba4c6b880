/**
 * Guilds: corporations of players with ranks, an account of their own and a tag on their ships, and
 * fleets of them that fly and jump in formation.
 */
@NullMarked
package dev.horizon.plugins.guilds;

import org.jspecify.annotations.NullMarked;
