package dev.horizon.tools.live;

import dev.horizon.engine.plugin.HorizonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The secret that an operator's commands carry: who can read the data folder may command the node.
 *
 * @param file where it is kept
 * @param secret hexadecimal
 */
public record OperatorToken(Path file, String secret) {
    private static final String NAME = "operator.token";
    private static final String PREFIX = "Bearer ";
    private static final int BYTES = 32;

    /**
     * Reads the token of a data folder, or makes one that its owner alone can read.
     *
     * @throws HorizonException HZ-API-010 when the folder can't be used
     */
    public static OperatorToken in(Path dataDir) {
        Path file = dataDir.resolve(NAME);
        try {
            if (!Files.exists(file)) {
                create(dataDir, file);
            }
            String secret = Files.readString(file).strip();
            if (secret.length() != 2 * BYTES) {
                throw new HorizonException(
                        "HZ-API-010",
                        "the operator token in " + file + " is damaged; delete it and start again");
            }
            return new OperatorToken(file, secret);
        } catch (IOException e) {
            throw new HorizonException(
                    "HZ-API-010",
                    "cannot read or make the operator token "
                            + file
                            + "; check that the data folder belongs to this user",
                    e);
        }
    }

    private static void create(Path dataDir, Path file) throws IOException {
        Files.createDirectories(dataDir);
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, HexFormat.of().formatHex(bytes) + "\n", StandardOpenOption.WRITE);
    }

    /** The answer to who has no token. */
    public ApiAnswer refusal() {
        return ApiAnswer.problem(
                401,
                "HZ-API-008",
                "commands need 'Authorization: Bearer TOKEN' with the token in " + file);
    }

    /** True for an Authorization header with this token; takes the same time for any other. */
    public boolean permits(String authorization) {
        byte[] expected = (PREFIX + secret).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, authorization.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "OperatorToken[" + file + "]";
    }
}
