package dev.horizon.net.client;

import dev.horizon.engine.plugin.HorizonException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Which servers a client believes over TLS: those with a name on a certificate of an authority that
 * Java trusts, and those of certificates that the client was given. Thread-safe.
 */
public final class Trust {
    private static final String UNUSABLE = "HZ-NET-003";
    private static final Trust STANDARD = new Trust(List.of());

    private final List<X509Certificate> given;
    private @Nullable X509ExtendedTrustManager manager;
    private @Nullable HttpClient client;

    private Trust(List<X509Certificate> given) {
        this.given = given;
    }

    /** What Java trusts. */
    public static Trust standard() {
        return STANDARD;
    }

    /**
     * Also a server that shows a certificate of this file, whatever its name, and one whose
     * certificate is signed by one of them.
     *
     * @param pem file with certificates, such as the server's own
     * @throws HorizonException HZ-NET-003 when there are none in it
     */
    public static Trust of(Path pem) {
        List<X509Certificate> found = new ArrayList<>();
        try {
            for (var each :
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(
                                    new ByteArrayInputStream(Files.readAllBytes(pem)))) {
                found.add((X509Certificate) each);
            }
        } catch (IOException | CertificateException e) {
            throw new HorizonException(
                    UNUSABLE, "can't read the certificates in " + pem + ": " + e, e);
        }
        if (found.isEmpty()) {
            throw new HorizonException(
                    UNUSABLE, pem + " has no certificate: it is to be a PEM file");
        }
        return new Trust(found);
    }

    /** Decides for an engine or a context. */
    public synchronized X509ExtendedTrustManager manager() {
        X509ExtendedTrustManager made = manager;
        if (made == null) {
            made = given.isEmpty() ? javas() : new Given(given, javas(), anchoredIn(given));
            manager = made;
        }
        return made;
    }

    /** Asks servers; one for all who ask, with one thread. */
    public synchronized HttpClient client() {
        HttpClient made = client;
        if (made == null) {
            made =
                    HttpClient.newBuilder()
                            .executor(Executors.newVirtualThreadPerTaskExecutor())
                            .sslContext(context())
                            .build();
            client = made;
        }
        return made;
    }

    /** For a client of its own. */
    public SSLContext context() {
        try {
            if (given.isEmpty()) {
                return SSLContext.getDefault();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    /** For clients of Netty's. */
    public SslContext netty() {
        try {
            return SslContextBuilder.forClient().trustManager(manager()).build();
        } catch (SSLException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    private static X509ExtendedTrustManager javas() {
        return manager(null);
    }

    private static X509ExtendedTrustManager anchoredIn(List<X509Certificate> certificates) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry(Integer.toString(i), certificates.get(i));
            }
            return manager(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a key store in memory takes any certificate", e);
        }
    }

    private static X509ExtendedTrustManager manager(@Nullable KeyStore store) {
        try {
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager each : factory.getTrustManagers()) {
                if (each instanceof X509ExtendedTrustManager found) {
                    return found;
                }
            }
            throw new IllegalStateException("no trust manager for X.509");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK trusts something", e);
        }
    }

    /** A certificate that was given needs no name; all others do. */
    private static final class Given extends X509ExtendedTrustManager {
        private final List<X509Certificate> given;
        private final X509ExtendedTrustManager javas;
        private final X509ExtendedTrustManager anchored;

        private Given(
                List<X509Certificate> given,
                X509ExtendedTrustManager javas,
                X509ExtendedTrustManager anchored) {
            this.given = given;
            this.javas = javas;
            this.anchored = anchored;
        }

        private interface Check {
            void by(X509ExtendedTrustManager manager) throws CertificateException;
        }

        private void check(X509Certificate[] chain, Check check) throws CertificateException {
            if (given.contains(chain[0])) {
                chain[0].checkValidity();
                return;
            }
            try {
                check.by(anchored);
            } catch (CertificateException e) {
                check.by(javas);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain, by -> by.checkServerTrusted(chain, type, socket));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain, by -> by.checkServerTrusted(chain, type, engine));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            check(chain, by -> by.checkServerTrusted(chain, type));
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw noServer();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw noServer();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            throw noServer();
        }

        private static CertificateException noServer() {
            return new CertificateException("clients aren't judged by a client");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return anchored.getAcceptedIssuers();
        }
    }
}
