package dev.horizon.net.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate that signs itself, made by the JDK's keytool, as PEM files. */
record TestCertificate(Path certificate, Path key) {
    private static final char[] PASSWORD = "of-a-test".toCharArray();

    /**
     * Makes one.
     *
     * @param algorithm of the key, as keytool names it
     * @param more arguments of keytool, such as {@code -startdate}
     */
    static TestCertificate make(Path folder, String name, String algorithm, String... more)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve(name + ".p12");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "test",
                                "-keyalg",
                                algorithm,
                                "-dname",
                                "CN=" + name,
                                "-ext",
                                "SAN=dns:localhost",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                new String(PASSWORD)));
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        Path certificate = folder.resolve(name + ".crt");
        Path key = folder.resolve(name + ".key");
        write(certificate, "CERTIFICATE", keys.getCertificate("test").getEncoded());
        write(key, "PRIVATE KEY", keys.getKey("test", PASSWORD).getEncoded());
        return new TestCertificate(certificate, key);
    }

    private static void write(Path file, String label, byte[] bytes) throws IOException {
        Files.writeString(
                file,
                "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                        .formatted(label, Base64.getMimeEncoder().encodeToString(bytes), label));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    GatewayConfig.Tls tls() {
        return new GatewayConfig.Tls(certificate.toString(), key.toString());
    }
}
