/** Chat: what one player says, all players hear. */
@NullMarked
package dev.horizon.plugins.chat;

import org.jspecify.annotations.NullMarked;
