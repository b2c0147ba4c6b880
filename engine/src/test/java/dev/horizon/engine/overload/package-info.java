/** Tests of the ladder of overload. */
@org.jspecify.annotations.NullMarked
package dev.horizon.engine.overload;
