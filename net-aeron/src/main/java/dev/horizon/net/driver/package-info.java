/**
 * The media driver and its Archive inside this process: where they keep their files, who may use
 * them, and how they leave nothing behind.
 */
@NullMarked
package dev.horizon.net.driver;

import org.jspecify.annotations.NullMarked;
