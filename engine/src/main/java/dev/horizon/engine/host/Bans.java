package dev.horizon.engine.host;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What no plugin code may call, and what to use instead: the list behind design section 4. A key is
 * {@code owner.method} or {@code owner.*}; owners and methods as in class files.
 */
final class Bans {
    private static final String TICK_TIME = "the tick number is the only time: use tick.number()";
    private static final String TICK_RANDOM = "use tick.random(entity, purpose)";
    private static final String ORDERED =
            "its order differs between runs: use LinkedHashMap,"
                    + " LinkedHashSet, TreeMap, a List or an Agrona collection";
    private static final String OUTSIDE =
            "what it reads isn't recorded: bring it in as an event,"
                    + " a command or configuration";
    private static final String THREADS = "systems run on the engine's threads alone";
    private static final String IDENTITY =
            "identity differs between runs: use an EntityId or a" + " record's own hashCode";
    private static final String LOCALE = "it depends on the machine's language: pass Locale.ROOT";

    private static final Map<String, String> CALLS = new LinkedHashMap<>();

    static {
        ban("java/lang/System", TICK_TIME, "nanoTime", "currentTimeMillis");
        ban("java/lang/System", IDENTITY, "identityHashCode");
        ban("java/lang/System", OUTSIDE, "getenv", "getProperty", "getProperties", "console");
        ban("java/lang/Object", IDENTITY, "hashCode");
        ban("java/lang/Enum", IDENTITY, "hashCode");
        ban("java/lang/Math", TICK_RANDOM, "random");
        ban("java/lang/StrictMath", TICK_RANDOM, "random");
        for (String function :
                List.of(
                        "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh",
                        "tanh", "exp", "expm1", "log", "log10", "log1p", "pow", "cbrt", "hypot")) {
            ban(
                    "java/lang/Math",
                    "its bits differ between machines: use StrictMath." + function,
                    function);
        }
        for (String type :
                List.of(
                        "java/util/Random",
                        "java/util/SplittableRandom",
                        "java/security/SecureRandom",
                        "java/util/concurrent/ThreadLocalRandom")) {
            ban(type, TICK_RANDOM, "*");
        }
        ban("java/util/UUID", TICK_RANDOM, "randomUUID");
        ban("java/util/Collections", TICK_RANDOM, "shuffle");
        for (String type :
                List.of(
                        "java/util/HashMap",
                        "java/util/HashSet",
                        "java/util/IdentityHashMap",
                        "java/util/WeakHashMap",
                        "java/util/Hashtable",
                        "java/util/concurrent/ConcurrentHashMap")) {
            ban(type, ORDERED, "<init>");
        }
        ban("java/util/HashMap", ORDERED, "newHashMap");
        ban("java/util/HashSet", ORDERED, "newHashSet");
        ban("java/util/Set", ORDERED, "of", "copyOf");
        ban("java/util/Map", ORDERED, "of", "copyOf", "ofEntries");
        ban(
                "java/util/stream/Collectors",
                ORDERED,
                "toSet",
                "toUnmodifiableSet",
                "toMap",
                "toUnmodifiableMap",
                "groupingBy",
                "partitioningBy");
        ban("java/util/Collection", THREADS, "parallelStream");
        ban("java/lang/Thread", THREADS, "*");
        ban("java/lang/ThreadLocal", THREADS, "*");
        ban("java/util/Timer", THREADS, "*");
        ban("java/util/concurrent/Executors", THREADS, "*");
        ban("java/util/concurrent/CompletableFuture", THREADS, "*");
        ban("java/util/concurrent/ForkJoinPool", THREADS, "*");
        ban("java/time/Clock", TICK_TIME, "*");
        ban("java/util/Date", TICK_TIME, "<init>");
        ban("java/util/Calendar", TICK_TIME, "getInstance");
        ban("java/time/ZoneId", OUTSIDE, "systemDefault");
        ban("java/util/Locale", LOCALE, "getDefault");
        ban("java/util/TimeZone", OUTSIDE, "getDefault");
        ban("java/lang/Runtime", OUTSIDE, "*");
        ban("java/lang/ProcessHandle", OUTSIDE, "*");
        ban("java/lang/ProcessBuilder", OUTSIDE, "*");
        ban("java/nio/file/Files", OUTSIDE, "*");
        for (String type :
                List.of(
                        "FileInputStream",
                        "FileOutputStream",
                        "FileReader",
                        "FileWriter",
                        "RandomAccessFile",
                        "File")) {
            ban("java/io/" + type, OUTSIDE, "<init>");
        }
    }

    private Bans() {}

    /** What to do instead of this call, or null where it is allowed. */
    static @Nullable String instead(String owner, String method, String descriptor) {
        String exact = CALLS.get(owner + "." + method);
        if (exact != null) {
            return exact;
        }
        String whole = CALLS.get(owner + ".*");
        if (whole != null) {
            return whole;
        }
        if (owner.startsWith("java/time/") && method.equals("now")) {
            return TICK_TIME;
        }
        if (owner.startsWith("java/net/") && !owner.equals("java/net/URI")) {
            return OUTSIDE;
        }
        if (method.equals("parallelStream")
                || (owner.startsWith("java/util/stream/") && method.equals("parallel"))) {
            return THREADS;
        }
        return needsLocale(owner, method, descriptor) ? LOCALE : null;
    }

    private static boolean needsLocale(String owner, String method, String descriptor) {
        if (!owner.equals("java/lang/String")) {
            return false;
        }
        return switch (method) {
            case "toLowerCase", "toUpperCase" -> descriptor.startsWith("()");
            case "format" -> descriptor.startsWith("(Ljava/lang/String;");
            case "formatted" -> true;
            default -> false;
        };
    }

    private static void ban(String owner, String instead, String... methods) {
        for (String method : methods) {
            CALLS.put(owner + "." + method, instead);
        }
    }
}
