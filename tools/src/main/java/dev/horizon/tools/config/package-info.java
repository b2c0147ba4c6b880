/**
 * What an operator can set: the records, where each value comes from, and how a wrong one is told.
 */
@NullMarked
package dev.horizon.tools.config;

import org.jspecify.annotations.NullMarked;
