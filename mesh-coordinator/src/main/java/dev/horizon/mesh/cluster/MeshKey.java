package dev.horizon.mesh.cluster;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.mesh.coordinator.Principal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The secret that members, nodes and operators of one mesh share. It never travels: who connects
 * answers a challenge with HMAC-SHA256 (RFC 2104) over challenge and principal. Thread-safe.
 */
public final class MeshKey {
    static final int CHALLENGE_BYTES = 32;

    /** Of SHA-256. */
    static final int SIGNATURE_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES_MIN = 32;

    private final byte[] secret;

    private MeshKey(byte[] secret) {
        this.secret = secret;
    }

    /**
     * The key in a file, in base64.
     *
     * @throws HorizonException HZ-MESH-017 when there is none, or it is too short
     */
    public static MeshKey read(Path file) {
        try {
            byte[] secret = Base64.getDecoder().decode(Files.readString(file).strip());
            if (secret.length >= BYTES_MIN) {
                return new MeshKey(secret);
            }
            throw unusable(file, "holds less than " + BYTES_MIN + " bytes", null);
        } catch (IOException | IllegalArgumentException e) {
            throw unusable(file, "can't be read: " + e, e);
        }
    }

    /**
     * The key in a file, which is made (mode 0600) where it is missing: for a mesh of one machine.
     *
     * @throws HorizonException HZ-MESH-017 when it can't be made or read
     */
    public static MeshKey readOrMake(Path file) {
        byte[] secret = new byte[BYTES_MIN];
        new SecureRandom().nextBytes(secret);
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    file,
                    Base64.getEncoder().encodeToString(secret) + "\n",
                    StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            return read(file);
        } catch (IOException e) {
            throw unusable(file, "can't be made: " + e, e);
        }
        return read(file);
    }

    private static HorizonException unusable(
            Path file, String why, @org.jspecify.annotations.Nullable Throwable cause) {
        String text =
                "the mesh key "
                        + file
                        + " "
                        + why
                        + ". Members, nodes and operators share one file, mesh.key-file: openssl"
                        + " rand -base64 32";
        return cause == null
                ? new HorizonException("HZ-MESH-017", text)
                : new HorizonException("HZ-MESH-017", text, cause);
    }

    /** The answer of a principal to a challenge. */
    byte[] answer(byte[] challenge, Principal principal) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            mac.update(challenge);
            return mac.doFinal(principal.encode());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** What proves that somebody who has the key wrote a text, in hex. */
    public String sign(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(sign(new UnsafeBuffer(bytes), 0, bytes.length));
    }

    /** What proves that somebody who has the key wrote bytes. */
    byte[] sign(DirectBuffer bytes, int offset, int length) {
        byte[] copy = new byte[length];
        bytes.getBytes(offset, copy);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac.doFinal(copy);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** True when a valid signature stands behind bytes. */
    boolean isSigned(DirectBuffer bytes, int offset, int length) {
        byte[] signature = new byte[SIGNATURE_BYTES];
        bytes.getBytes(offset + length, signature);
        return MessageDigest.isEqual(signature, sign(bytes, offset, length));
    }

    boolean isAnswer(byte[] answer, byte[] challenge, Principal principal) {
        return MessageDigest.isEqual(answer, answer(challenge, principal));
    }
}
