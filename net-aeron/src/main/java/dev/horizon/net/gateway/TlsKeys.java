package dev.horizon.net.gateway;

import dev.horizon.engine.plugin.HorizonException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Certificate and key of a gateway that speaks TLS, read and tried before it listens. */
final class TlsKeys {
    private static final Pattern KEY =
            Pattern.compile(
                    "-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    /** Clients that come again find their session in their own ticket; few need a place here. */
    private static final int SESSIONS_MAX = 1_024;

    private TlsKeys() {}

    /**
     * What makes the handlers of connections: TLS 1.3 alone, which knows no renegotiation and no
     * weak cipher.
     *
     * @throws HorizonException HZ-GW-005 when a file can't be read or isn't what it should be, the
     *     two don't belong together, others may read the key, or the certificate isn't valid now
     */
    static SslContext read(GatewayConfig.Tls files, InstantSource clock) {
        if (files.certificate().isEmpty() || files.key().isEmpty()) {
            throw unusable(
                    "TLS needs both gateway.tls-certificate and gateway.tls-key, and "
                            + (files.key().isEmpty() ? "the key" : "the certificate")
                            + " isn't set",
                    null);
        }
        Path certificateFile = Path.of(files.certificate());
        Path keyFile = Path.of(files.key());
        X509Certificate[] chain = chain(certificateFile, clock);
        PrivateKey key = key(keyFile, chain[0].getPublicKey().getAlgorithm());
        if (!belong(chain[0], key)) {
            throw unusable(
                    "the key "
                            + keyFile
                            + " isn't that of the first certificate in "
                            + certificateFile,
                    null);
        }
        try {
            return SslContextBuilder.forServer(key, chain)
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3")
                    .sessionCacheSize(SESSIONS_MAX)
                    .build();
        } catch (IOException e) {
            throw unusable("TLS can't be had with " + certificateFile + ": " + e.getMessage(), e);
        }
    }

    private static X509Certificate[] chain(Path file, InstantSource clock) {
        X509Certificate[] chain;
        try {
            chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes(file)))
                            .toArray(X509Certificate[]::new);
        } catch (CertificateException e) {
            chain = new X509Certificate[0];
        }
        if (chain.length == 0) {
            throw unusable(
                    file + " has no certificate: it is to be a PEM file, the server's own first",
                    null);
        }
        try {
            chain[0].checkValidity(Date.from(clock.instant()));
        } catch (CertificateException e) {
            throw unusable(
                    "the certificate in %s is valid from %s to %s alone"
                            .formatted(
                                    file,
                                    chain[0].getNotBefore().toInstant(),
                                    chain[0].getNotAfter().toInstant()),
                    e);
        }
        return chain;
    }

    private static PrivateKey key(Path file, String algorithm) {
        byte[] bytes = bytes(file);
        refuseWhatOthersRead(file);
        Matcher found = KEY.matcher(new String(bytes, StandardCharsets.US_ASCII));
        if (!found.find()) {
            throw unusable(
                    file
                            + " has no key in PEM (BEGIN PRIVATE KEY, not encrypted): openssl pkcs8"
                            + " -topk8 -nocrypt makes one of other forms",
                    null);
        }
        try {
            return KeyFactory.getInstance(algorithm)
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(
                                    Base64.getMimeDecoder().decode(found.group(1))));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Whatever the cause says may have to do with the key's bytes: it isn't told.
            throw unusable(
                    file + " is no " + algorithm + " key, as the certificate asks for", null);
        }
    }

    private static void refuseWhatOthersRead(Path file) {
        try {
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
                throw unusable(
                        "every user of this machine may read the key " + file + ": chmod o-r it",
                        null);
            }
        } catch (IOException e) {
            throw unusable("can't tell who may read " + file + ": " + e, e);
        }
    }

    private static boolean belong(X509Certificate certificate, PrivateKey key) {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        byte[] probe = "horizon".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unusable("can't read " + file + ": " + e, e);
        }
    }

    private static HorizonException unusable(String message, @Nullable Exception cause) {
        String all = message + "; see gateway.tls-certificate and gateway.tls-key";
        return cause == null
                ? new HorizonException(Refusal.TLS_UNUSABLE, all)
                : new HorizonException(Refusal.TLS_UNUSABLE, all, cause);
    }
}
