package dev.horizon.net.crowd;

import io.netty.buffer.ByteBuf;

/** Whose connection it is. Everything is called on the crowd's thread; buffers are lent. */
public interface CrowdListener {
    /** The fields of the first message, {@code session.hello}, as a JSON object. */
    String hello();

    /** A message of text. */
    void onText(ByteBuf in, int at, int length);

    /**
     * A message of bytes: a bundle.
     *
     * @param wireBytes that it took on its way, header included
     */
    void onBinary(ByteBuf in, int at, int length, int wireBytes);

    /** The connection is gone, or never came; not called for who ended it themselves. */
    void onGone(String why);
}
