/**
 * The edge: holds players' sockets, proves who they are, checks and transcodes what they send, and
 * fans frames out so that one slow client harms nobody.
 */
@NullMarked
package dev.horizon.net.gateway;

import org.jspecify.annotations.NullMarked;
