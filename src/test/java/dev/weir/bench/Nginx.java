package dev.weir.bench;

import dev.weir.testsupport.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** nginx over one file, with as many processes as there are processors, if this machine has it: {@code -Dbench.nginx} says where. */
final class Nginx {

    private Nginx() {}

    /** Null where there is none. */
    static @Nullable Packaged serving(Path file, Path folder) throws IOException {
        var program = Stream.of(Aside.named("weir.bench.nginx"), "/usr/sbin/nginx", "/usr/local/sbin/nginx")
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty()) {
            return null;
        }
        int port = Ports.free();
        Files.createDirectories(folder.resolve("logs"));
        Files.copy(file, folder.resolve("script"));
        var settings = Files.writeString(folder.resolve("nginx.conf"), settings(folder, port));
        var errors = folder.resolve("logs").resolve("error.log").toString();
        var command =
                List.of(program.get().toString(), "-p", folder.toString(), "-e", errors, "-c", settings.toString());
        return Packaged.program(command, port, folder, Payloads.get("/script"));
    }

    /** What its documentation advises for files that many ask for; one connection may ask as often as it likes. */
    private static String settings(Path folder, int port) {
        return """
                daemon off;
                user %s;
                worker_processes %d;
                pid %s/nginx.pid;
                error_log %3$s/logs/error.log;
                events {
                    worker_connections 1024;
                }
                http {
                    access_log off;
                    sendfile on;
                    tcp_nopush on;
                    keepalive_requests 1000000000;
                    open_file_cache max=10 inactive=1h;
                    default_type text/javascript;
                    add_header Cache-Control "public, max-age=60";
                    client_body_temp_path %3$s/body;
                    proxy_temp_path %3$s/proxy;
                    fastcgi_temp_path %3$s/fastcgi;
                    uwsgi_temp_path %3$s/uwsgi;
                    scgi_temp_path %3$s/scgi;
                    server {
                        listen 127.0.0.1:%4$d;
                        root %3$s;
                    }
                }
                """.formatted(
                        System.getProperty("user.name"), Runtime.getRuntime().availableProcessors(), folder, port);
    }
}
