/**
 * Squadrons that learn, while they fight, which tactic beats the one that they meet. See {@link
 * dev.horizon.plugins.fleetai.Lore} for how.
 */
@NullMarked
package dev.horizon.plugins.fleetai;

import org.jspecify.annotations.NullMarked;
