package dev.horizon.net.gateway;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A client without manners: bytes as the test wants them. */
final class RawSocket implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    final Socket socket = new Socket();

    RawSocket(int port, int receiveBuffer) {
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    RawSocket(int port) {
        this(port, 0);
    }

    RawSocket write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    RawSocket upgrade(String... headers) throws IOException {
        write(
                "GET /play HTTP/1.1\r\nHost: 127.0.0.1:"
                        + socket.getPort()
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        + "Sec-WebSocket-Version: 13\r\n"
                        + String.join("", headers)
                        + "\r\n");
        return this;
    }

    /** One masked frame of a client, its mask all zero. */
    RawSocket frame(int opcode, byte[] payload) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(opcode);
        if (payload.length <= 125) {
            out.writeByte(0x80 | payload.length);
        } else if (payload.length <= 0xFFFF) {
            out.writeByte(0x80 | 126);
            out.writeShort(payload.length);
        } else {
            out.writeByte(0x80 | 127);
            out.writeLong(payload.length);
        }
        out.writeInt(0);
        out.write(payload);
        socket.getOutputStream().write(bytes.toByteArray());
        return this;
    }

    RawSocket text(String json) throws IOException {
        return frame(0x81, json.getBytes(StandardCharsets.UTF_8));
    }

    /** What comes up to the end of HTTP headers. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** The payload of the next data frame or, for a close frame, its reason; null at the end. */
    @Nullable String message() throws IOException {
        InputStream in = socket.getInputStream();
        while (true) {
            int opcode = in.read();
            if (opcode < 0) {
                return null;
            }
            int length = in.read();
            if (length == 126) {
                length = (in.read() << 8) | in.read();
            } else if (length == 127) {
                in.readNBytes(4);
                length = (in.read() << 24) | (in.read() << 16) | (in.read() << 8) | in.read();
            }
            byte[] payload = in.readNBytes(length);
            if (opcode == WireFrame.CLOSE) {
                return "close "
                        + (((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF))
                        + " "
                        + new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
            }
            if (opcode == WireFrame.TEXT) {
                return new String(payload, StandardCharsets.UTF_8);
            }
            if (opcode == WireFrame.BINARY) {
                return "binary " + payload.length;
            }
        }
    }

    /** Reads to the end of the stream. */
    String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
