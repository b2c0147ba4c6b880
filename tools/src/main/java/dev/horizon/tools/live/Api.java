package dev.horizon.tools.live;

/** Answers the addresses of {@link LiveApi#PATHS}. Called on threads that may wait. */
@FunctionalInterface
public interface Api {
    /** Answers a request; problems are answers too. */
    ApiAnswer handle(ApiRequest request);
}
