/**
 * Lines: the bytes between a client of a trusted network and a gateway over Aeron instead of TCP. A
 * line is a channel of Netty's like a socket, so that what is said over it, and what is done about
 * those who say too much, too little or nonsense, stands once.
 */
@NullMarked
package dev.horizon.net.line;

import org.jspecify.annotations.NullMarked;
