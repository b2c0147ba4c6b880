package dev.horizon.plugins.economy;

import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Money for handlers and commands, on the tick thread. Each method leaves the sum over all accounts
 * of the mesh as it was, with what is on its way between nodes.
 */
public final class Bank {
    private Bank() {}

    /** A player's account, or null for one who never logged in here, nor dealt with this node. */
    public static @Nullable EntityId accountOf(World world, long playerId) {
        return world.find(AccountHolder.class, playerId);
    }

    /** A player's account, opened empty where there is none. */
    public static EntityId open(World world, long playerId) {
        EntityId account = accountOf(world, playerId);
        return account != null
                ? account
                : world.create(new AccountHolder(playerId), new Account(0));
    }

    /** The treasury, or null before the books were opened. */
    public static @Nullable EntityId treasury(World world) {
        List<EntityId> found = new ArrayList<>(1);
        world.forEach(Treasury.class, found::add);
        return found.isEmpty() ? null : found.getFirst();
    }

    /** Credits in an account; 0 where there is none. */
    public static long credits(World world, EntityId account) {
        Account held = world.read(account, Account.class);
        return held == null ? 0 : held.credits();
    }

    /**
     * Moves money.
     *
     * @param amount credits
     * @return false, and nothing moved, for an amount below 0, more than there is, or an account
     *     that doesn't exist
     */
    public static boolean transfer(World world, EntityId from, EntityId to, long amount) {
        Account giver = world.read(from, Account.class);
        Account taker = world.read(to, Account.class);
        if (giver == null || taker == null || amount < 0 || giver.credits() < amount) {
            return false;
        }
        if (!from.equals(to)) {
            world.write(from, new Account(giver.credits() - amount));
            world.write(to, new Account(taker.credits() + amount));
        }
        return true;
    }

    /**
     * Moves money out of an account into the hands of the caller, who puts all of it into the
     * {@link Account} of an entity that it creates in the same handler.
     *
     * @return false, and nothing taken, when there is less
     */
    public static boolean withdraw(World world, EntityId from, long amount) {
        Account giver = world.read(from, Account.class);
        if (giver == null || amount < 0 || giver.credits() < amount) {
            return false;
        }
        world.write(from, new Account(giver.credits() - amount));
        return true;
    }

    /**
     * Takes money out of an account that the caller sends to another node in the same handler, in
     * an event of a service. There {@link #receive} takes it: what no node has is on its way.
     *
     * @return false, and nothing taken, when there is less
     */
    public static boolean send(World world, EntityId from, long amount) {
        if (!withdraw(world, from, amount)) {
            return false;
        }
        world.create(new MoneyFlow(-amount));
        return true;
    }

    /**
     * Puts money into an account that another node has sent.
     *
     * @throws IllegalArgumentException for an entity without an account, or less than 0
     */
    public static void receive(World world, EntityId to, long amount) {
        Account taker = world.read(to, Account.class);
        if (taker == null || amount < 0) {
            throw new IllegalArgumentException(to + " can't receive " + amount + " credits");
        }
        world.write(to, new Account(taker.credits() + amount));
        world.create(new MoneyFlow(amount));
    }

    /** False from the moment in which the books didn't balance: nobody should trade then. */
    public static boolean isOpen(World world) {
        boolean[] open = {true};
        world.forEach(
                Ledger.class,
                id -> {
                    Ledger ledger = world.read(id, Ledger.class);
                    open[0] &= ledger == null || ledger.state() != Ledger.State.BROKEN;
                });
        return open[0];
    }
}
