package dev.horizon.tools.architecture;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.Set;

/**
 * What code inside the tick must not use, because its result would differ between machines or runs.
 */
enum Ban {
    CLOCK(
            "simulated time is the tick's number",
            (owner, name, arity) ->
                    owner.equals("java.lang.System") && oneOf(name, "nanoTime", "currentTimeMillis")
                            || owner.startsWith("java.time.") && oneOf(name, "now", "systemUTC")
                            || owner.equals("java.util.Date") && name.equals("<init>")),
    RANDOMNESS(
            "random numbers come from Tick.random: a function of seed, tick, entity and purpose",
            (owner, name, arity) ->
                    owner.equals("java.lang.Math") && name.equals("random")
                            || owner.equals("java.util.UUID") && name.equals("randomUUID")
                            || owner.startsWith("java.util.random.")
                            || oneOf(
                                    owner,
                                    "java.util.Random",
                                    "java.util.SplittableRandom",
                                    "java.util.concurrent.ThreadLocalRandom",
                                    "java.security.SecureRandom")),
    INEXACT_MATH(
            "Math may differ by an ulp between interpreter, compiler and processor: use StrictMath",
            (owner, name, arity) ->
                    owner.equals("java.lang.Math") && Names.INEXACT_MATH.contains(name)),
    HASH_ORDER(
            "iteration order would depend on hashes: use LinkedHashMap, TreeMap, List or arrays",
            (owner, name, arity) ->
                    name.equals("<init>") && Names.HASHED.contains(owner)
                            || owner.equals("java.util.Set") && isHashed(name, arity, 1)
                            || owner.equals("java.util.Map") && isHashed(name, arity, 2)
                            || owner.equals("java.util.stream.Collectors")
                                    && Names.HASHED_COLLECTORS.contains(name)),
    IDENTITY(
            "an identity hash differs in every run",
            (owner, name, arity) ->
                    owner.equals("java.lang.System") && name.equals("identityHashCode")
                            || owner.equals("java.lang.Object") && name.equals("hashCode")),
    THREADS(
            "a tick has one thread, and the schedule's workers where access is declared",
            (owner, name, arity) ->
                    owner.startsWith("java.lang.Thread")
                            || owner.equals("java.util.Timer")
                            || owner.startsWith("java.util.concurrent.Executor")
                            || oneOf(
                                    owner,
                                    "java.util.concurrent.ForkJoinPool",
                                    "java.util.concurrent.CompletableFuture",
                                    "java.util.concurrent.StructuredTaskScope")
                            || oneOf(name, "parallelStream", "parallel"));

    private final String reason;
    private final Use banned;

    Ban(String reason, Use banned) {
        this.reason = reason;
        this.banned = banned;
    }

    /** Why it is banned and what to use instead. */
    String reason() {
        return reason;
    }

    /** Whether a call, construction or field access uses it. */
    boolean forbids(JavaAccess<?> access) {
        int arity =
                access.getTarget() instanceof CodeUnitAccessTarget called
                        ? called.getRawParameterTypes().size()
                        : 0;
        return banned.test(access.getTargetOwner().getName(), access.getTarget().getName(), arity);
    }

    /** Set.of and Map.of have an order to differ in from the second element on. */
    private static boolean isHashed(String name, int arity, int aritySingle) {
        return name.equals("of") && arity > aritySingle || oneOf(name, "ofEntries", "copyOf");
    }

    private static boolean oneOf(String text, String... candidates) {
        return Set.of(candidates).contains(text);
    }

    private interface Use {
        boolean test(String owner, String name, int arity);
    }

    private static final class Names {
        static final Set<String> INEXACT_MATH =
                Set.of(
                        "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh",
                        "tanh", "exp", "expm1", "log", "log10", "log1p", "pow", "cbrt", "hypot");
        static final Set<String> HASHED =
                Set.of(
                        "java.util.HashMap",
                        "java.util.HashSet",
                        "java.util.IdentityHashMap",
                        "java.util.WeakHashMap",
                        "java.util.Hashtable",
                        "java.util.concurrent.ConcurrentHashMap");
        static final Set<String> HASHED_COLLECTORS =
                Set.of("toSet", "toMap", "groupingBy", "toUnmodifiableSet", "toUnmodifiableMap");
    }
}
