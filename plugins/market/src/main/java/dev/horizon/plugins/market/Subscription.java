package dev.horizon.plugins.market;

import dev.horizon.engine.world.Component;

/**
 * A node whose stations' listings this one follows.
 *
 * @param node its number
 * @param upTo its edition that is known here
 * @param askedAt tick of the last question; far below 0 where none could be asked
 * @param heardAt tick of the last answer, or of the first question
 */
@Component
record Subscription(int node, long upTo, long askedAt, long heardAt) {}
