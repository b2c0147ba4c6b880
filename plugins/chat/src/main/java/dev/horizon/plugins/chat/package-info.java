/** Chat: what one player says, others hear: those near, all, or one; and whom one doesn't hear. */
@NullMarked
package dev.horizon.plugins.chat;

import org.jspecify.annotations.NullMarked;
