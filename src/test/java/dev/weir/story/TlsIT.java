package dev.weir.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testsupport.Ports;
import java.io.IOException;
import java.net.HttpCookie;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program where it speaks TLS itself and nothing else. */
class TlsIT {

    private static final String PASSWORD = "of the tests";

    @TempDir
    Path folder;

    @Test
    void the_set_up_link_leads_to_tls_where_cookies_are_secure_and_strict_transport_is_promised()
            throws IOException, InterruptedException, GeneralSecurityException {
        var keys = keys();
        var settings = Map.of(
                "quarkus.http.insecure-requests",
                "disabled",
                "quarkus.http.ssl-port",
                Integer.toString(Ports.free()),
                "quarkus.http.ssl.certificate.key-store-file",
                keys.toString(),
                "quarkus.http.ssl.certificate.key-store-password",
                PASSWORD);
        try (var weir = Node.start(folder.resolve("data"), settings)) {
            var admin = Person.settingUp(weir, HttpClient.newBuilder().sslContext(trusting(keys)));
            var page = admin.get("/console/environments");

            assertThat(weir.setUpLink()).startsWith(weir.address()).startsWith("https://");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(page.headers().firstValue("Strict-Transport-Security")).contains("max-age=31536000");
            assertThat(admin.cookies()).extracting(HttpCookie::getName).contains("weir_session", "weir_csrf");
            assertThat(admin.cookies())
                    .allSatisfy(cookie -> assertThat(cookie.getSecure()).isTrue());
        }
    }

    /** A key and its certificate for this machine, made by the JDK's own program. */
    private Path keys() throws IOException, InterruptedException {
        var keys = folder.resolve("keys.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "weir",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue())
                .as(Files.readString(folder.resolve("keytool.log")))
                .isZero();
        return keys;
    }

    private static SSLContext trusting(Path keys) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("weir", store.getCertificate("weir"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
