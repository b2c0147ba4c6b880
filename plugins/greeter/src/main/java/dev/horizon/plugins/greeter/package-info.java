/** The greeter: welcomes players, says goodbye, answers "hello", counts. */
@NullMarked
package dev.horizon.plugins.greeter;

import org.jspecify.annotations.NullMarked;
