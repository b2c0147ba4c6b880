package dev.horizon.plugins.economy;

/** What players are sent about their money, namespace {@code economy}. */
public final class EconomyEvents {
    private EconomyEvents() {}

    /**
     * To a player, {@code balance}: at login and whenever it changes.
     *
     * @param credits in their account
     */
    public record Balance(long credits) {}
}
