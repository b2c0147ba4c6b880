/**
 * What flows between node and gateways: frames on a few streams per tier, inputs, subscriptions and
 * session messages. Nothing here waits or allocates once it is connected.
 */
@NullMarked
package dev.horizon.net.streams;

import org.jspecify.annotations.NullMarked;
