/** Those who mean harm: connections of every bad kind, and how soon the server is rid of them. */
@NullMarked
package dev.horizon.tools.soak.raid;

import org.jspecify.annotations.NullMarked;
