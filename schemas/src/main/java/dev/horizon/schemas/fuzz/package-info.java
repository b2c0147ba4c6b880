/** What a hostile network makes of messages, for the tests of every decoder that reads them. */
@NullMarked
package dev.horizon.schemas.fuzz;

import org.jspecify.annotations.NullMarked;
