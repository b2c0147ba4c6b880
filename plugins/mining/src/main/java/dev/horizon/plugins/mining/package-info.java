/**
 * Rules of mining, over the mechanism in ecs-systems: who may cut which rock, how much a claim
 * yields, and dust that settles on rocks that are used up.
 */
@NullMarked
package dev.horizon.plugins.mining;

import org.jspecify.annotations.NullMarked;
