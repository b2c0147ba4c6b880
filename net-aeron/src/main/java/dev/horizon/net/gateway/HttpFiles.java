package dev.horizon.net.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Static resources of the class path, below the folders that were opened and nowhere else.
 * Thread-safe.
 */
final class HttpFiles {
    /** More than all pages and their libraries have; beyond it resources are read each time. */
    private static final int CACHED_MAX = 1_024;

    private static final String WEB_JARS = "/webjars/";
    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("html", "text/html; charset=utf-8"),
                    Map.entry("js", "text/javascript; charset=utf-8"),
                    Map.entry("mjs", "text/javascript; charset=utf-8"),
                    Map.entry("css", "text/css; charset=utf-8"),
                    Map.entry("json", "application/json; charset=utf-8"),
                    Map.entry("map", "application/json; charset=utf-8"),
                    Map.entry("svg", "image/svg+xml"),
                    Map.entry("png", "image/png"),
                    Map.entry("jpg", "image/jpeg"),
                    Map.entry("ico", "image/x-icon"),
                    Map.entry("wasm", "application/wasm"),
                    Map.entry("woff2", "font/woff2"),
                    Map.entry("txt", "text/plain; charset=utf-8"),
                    Map.entry("ts", "text/plain; charset=utf-8"));

    private final Map<String, String> folders;
    private final ClassLoader loader;
    private final Map<String, Resource> cache = new ConcurrentHashMap<>();

    private record Resource(byte[] bytes, String tag) {}

    /**
     * Opens folders.
     *
     * @param folders class-path folder by path prefix, both ending in a slash
     */
    HttpFiles(Map<String, String> folders, ClassLoader loader) {
        this.folders = new LinkedHashMap<>(folders);
        this.loader = loader;
    }

    /** The resource at a checked path, or null where there is none. */
    @Nullable HttpReply find(String path, @Nullable String knownTag) throws IOException {
        String asked = path.endsWith("/") ? path + "index.html" : path;
        String prefix = null;
        for (String each : folders.keySet()) {
            if (asked.startsWith(each) && (prefix == null || each.length() > prefix.length())) {
                prefix = each;
            }
        }
        if (prefix == null) {
            return null;
        }
        String extension = asked.substring(asked.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String type = TYPES.get(extension);
        Resource resource =
                type == null ? null : read(folders.get(prefix) + asked.substring(prefix.length()));
        if (resource == null || type == null) {
            return null;
        }
        // The path of a web jar has its version in it, so what is there never changes.
        String caching =
                asked.startsWith(WEB_JARS) ? "public, max-age=31536000, immutable" : "no-cache";
        Map<String, String> headers = Map.of("cache-control", caching, "etag", resource.tag());
        return resource.tag().equals(knownTag)
                ? new HttpReply(304, type, new byte[0], headers)
                : new HttpReply(200, type, resource.bytes(), headers);
    }

    private @Nullable Resource read(String name) throws IOException {
        Resource cached = cache.get(name);
        if (cached != null) {
            return cached;
        }
        URL url = loader.getResource(name);
        if (url == null) {
            return null;
        }
        try (InputStream in = url.openStream()) {
            byte[] bytes = in.readAllBytes();
            Resource resource = new Resource(bytes, tag(bytes));
            if (cache.size() < CACHED_MAX && url.getProtocol().equals("jar")) {
                cache.put(name, resource);
            }
            return resource;
        }
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(digest, 0, 8) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
