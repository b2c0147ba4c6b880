/**
 * The market: an order book per station and commodity, price before time. Orders are entities that
 * hold what they promise: money in an account of their own, goods in a store of their own.
 */
@NullMarked
package dev.horizon.plugins.market;

import org.jspecify.annotations.NullMarked;
