package dev.horizon.net.gateway;

import dev.horizon.engine.plugin.HorizonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The secret that signs tickets. There is no default: a development key is made per data folder.
 */
public final class TicketKey {
    private static final String DEVELOPMENT_PREFIX = "development:";
    private static final String FILE_NAME = "ticket.key";
    private static final int BYTES_MIN = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] secret;
    private final boolean development;
    private final boolean fresh;

    private TicketKey(byte[] secret, boolean development, boolean fresh) {
        this.secret = secret.clone();
        this.development = development;
        this.fresh = fresh;
    }

    /**
     * The configured key or, outside production, the development key of the data folder, made (mode
     * 0600) where there is none.
     *
     * @param production true to insist on a configured key
     * @param configured 32 bytes or more in base64, or null
     * @param dataFolder where a development key lives; created where missing
     * @throws HorizonException HZ-GW-002 when production has no key, HZ-GW-003 when it was given a
     *     development key, HZ-GW-004 when the key can't be read
     */
    public static TicketKey load(boolean production, @Nullable String configured, Path dataFolder) {
        if (configured != null && !configured.isBlank()) {
            return parse(production, configured.strip(), "the configured ticket key");
        }
        if (production) {
            throw new HorizonException(
                    Refusal.KEY_MISSING,
                    "profile production needs a ticket key: set gateway.ticket-key to the base64 of"
                            + " 32 random bytes (openssl rand -base64 32)");
        }
        Path file = dataFolder.resolve(FILE_NAME);
        try {
            if (Files.exists(file)) {
                return parse(false, Files.readString(file).strip(), file.toString());
            }
            byte[] secret = new byte[BYTES_MIN];
            new SecureRandom().nextBytes(secret);
            Files.createDirectories(dataFolder);
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    file,
                    DEVELOPMENT_PREFIX + Base64.getEncoder().encodeToString(secret) + "\n",
                    StandardOpenOption.WRITE);
            return new TicketKey(secret, true, true);
        } catch (IOException e) {
            throw new HorizonException(
                    Refusal.KEY_UNUSABLE,
                    "can't read or make the development ticket key "
                            + file
                            + ": "
                            + e
                            + "; check the folder's owner and mode",
                    e);
        }
    }

    /**
     * The key in a file: one that an operator made, or that a node of the development profile made
     * for itself. Nothing is made up.
     *
     * @param production true to insist on a key that an operator made
     * @throws HorizonException HZ-GW-002 when there is no file, HZ-GW-003 and HZ-GW-004 as {@link
     *     #load}
     */
    public static TicketKey read(boolean production, Path file) {
        try {
            return parse(production, Files.readString(file).strip(), file.toString());
        } catch (NoSuchFileException e) {
            throw new HorizonException(
                    Refusal.KEY_MISSING,
                    "there is no ticket key at "
                            + file
                            + ": name the file that the node has, with gateway.ticket-key-file,"
                            + " or put the key into gateway.ticket-key; a gateway makes none up",
                    e);
        } catch (IOException e) {
            throw new HorizonException(
                    Refusal.KEY_UNUSABLE,
                    "can't read the ticket key " + file + ": " + e + "; check its owner and mode",
                    e);
        }
    }

    /** Where a node of the development profile keeps the key that it made. */
    public static Path developmentFile(Path dataFolder) {
        return dataFolder.resolve(FILE_NAME);
    }

    private static TicketKey parse(boolean production, String text, String origin) {
        boolean development = text.startsWith(DEVELOPMENT_PREFIX);
        if (development && production) {
            throw new HorizonException(
                    Refusal.KEY_FOR_DEVELOPMENT,
                    origin
                            + " is a development key, and profile production refuses those: make"
                            + " one with openssl rand -base64 32");
        }
        byte[] secret;
        try {
            secret =
                    Base64.getDecoder()
                            .decode(
                                    development
                                            ? text.substring(DEVELOPMENT_PREFIX.length())
                                            : text);
        } catch (IllegalArgumentException e) {
            secret = new byte[0];
        }
        if (secret.length < BYTES_MIN) {
            throw new HorizonException(
                    Refusal.KEY_UNUSABLE,
                    origin
                            + " isn't the base64 of at least 32 bytes: make one with openssl rand"
                            + " -base64 32, or remove the file to have a development key made");
        }
        return new TicketKey(secret, development, false);
    }

    /** True for a key that was made by {@link #load} itself, now or earlier. */
    public boolean isDevelopment() {
        return development;
    }

    /** True when this call of {@link #load} made it: the caller says so aloud. */
    public boolean isFresh() {
        return fresh;
    }

    /**
     * An HMAC-SHA256 (RFC 2104) for something other than a ticket, 32 bytes.
     *
     * @param purpose of what is signed, so that nobody can take it for something else
     */
    public byte[] sign(String purpose, byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** A copy of the bytes. */
    byte[] secret() {
        return secret.clone();
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return development ? "development ticket key" : "ticket key";
    }
}
