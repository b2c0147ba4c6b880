package dev.horizon.plugins.guilds;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.EventHandler;
import dev.horizon.engine.events.EventRegistrar;
import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.plugin.CommandSpec;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.plugins.economy.Remittance;
import java.util.Arrays;
import java.util.List;

/**
 * Corporations of players of all nodes, and fleets of them. A guild's home is the node on which it
 * was founded, which does what is asked of it; all nodes keep copies.
 */
public final class Guilds implements Plugin {
    private static final int UPDATE_TICKS = 20;

    @Override
    public void setup(Registrar registrar) {
        GuildsConfig config = registrar.config(GuildsConfig.class);
        registrar.components(
                GuildColumn.TYPE,
                MembershipColumn.TYPE,
                InvitationColumn.TYPE,
                FoundingColumn.TYPE,
                ReservationColumn.TYPE,
                FollowerColumn.TYPE,
                GuildTagColumn.TYPE,
                WingColumn.TYPE,
                SeatColumn.TYPE);
        players(registrar.events(), config);
        nodes(registrar, config);
        registrar.events().on(TickStarted.class, (event, context) -> update(context));
        registrar.command(
                new CommandSpec(
                        "forget",
                        "<node>",
                        "Ends the guilds of a node that won't come back; its number stands before"
                                + " the colon of their ids.",
                        Guilds::forget));
    }

    private static void players(EventRegistrar events, GuildsConfig config) {
        Hall hall = new Hall(config);
        Founders founders = new Founders(config);
        Fleets fleets = new Fleets(config);
        events.toClient("guilds", "invited", GuildEvents.Invited.class);
        events.toClient("guilds", "roster", GuildEvents.Roster.class);
        events.toClient("guilds", "said", GuildEvents.Said.class);
        events.toClient("guilds", "denied", GuildEvents.Denied.class);
        events.toClient("guilds", "fleet", GuildEvents.Fleet.class);
        events.onClient("guilds", "found", GuildEvents.Found.class, founders::found);
        events.onClient("guilds", "invite", GuildEvents.Invite.class, hall::invite);
        events.onClient("guilds", "join", GuildEvents.Join.class, hall::join);
        events.onClient("guilds", "leave", GuildEvents.Leave.class, hall::leave);
        events.onClient("guilds", "kick", GuildEvents.Kick.class, hall::kick);
        events.onClient("guilds", "rank", GuildEvents.SetRank.class, hall::rank);
        events.onClient("guilds", "pay", GuildEvents.Pay.class, hall::pay);
        events.onClient("guilds", "say", GuildEvents.Say.class, hall::say);
        events.onClient("guilds", "form", GuildEvents.Form.class, fleets::form);
        events.onClient("guilds", "disband", GuildEvents.Disband.class, fleets::disband);
        events.onClient("guilds", "jump", GuildEvents.Jump.class, fleets::jump);
    }

    private static void nodes(Registrar registrar, GuildsConfig config) {
        take(registrar, Mail.Ask.class, new Steward(config)::take);
        take(registrar, Mail.Seen.class, Steward::see);
        take(registrar, Mail.Claim.class, Founders::vote);
        take(registrar, Mail.Vote.class, Founders::count);
        take(registrar, Mail.Denied.class, Board::denied);
        take(
                registrar,
                Mail.Paid.class,
                (paid, context) -> Remittance.pay(paid.playerId(), paid.credits(), context));
        take(registrar, Mail.Invites.class, Board::invited);
        take(registrar, Mail.Spoken.class, Board::spoken);
        take(registrar, Mail.Anew.class, (anew, context) -> Copies.forget(anew.node(), context));
        take(
                registrar,
                Mail.Forgotten.class,
                (gone, context) -> Copies.forget(gone.node(), context));
        take(registrar, News.Founded.class, Copies::hear);
        take(registrar, News.Entered.class, Steward::settle);
        take(registrar, News.Entered.class, Copies::hear);
        take(registrar, News.Left.class, Copies::hear);
        take(registrar, News.Holds.class, Copies::hear);
        take(registrar, News.Ended.class, Copies::hear);
    }

    private static <E extends Record> void take(
            Registrar registrar, Class<E> type, EventHandler<? super E> handler) {
        registrar.offer(Herald.SERVICE, type);
        registrar.events().onPlugin(type, handler::handle);
    }

    private static void update(EventContext context) {
        long phase = context.tick().number() % UPDATE_TICKS;
        if (phase == 0) {
            Founders.expire(context);
            Herald.page(context);
            Board.look(context);
        } else if (phase == 1) {
            // Behind what comes of the look, on a node that is alone.
            Board.update(context);
        }
    }

    private static String forget(List<String> arguments, EventContext context) {
        if (arguments.size() != 1 || !arguments.getFirst().matches("[0-9]{1,8}")) {
            throw new IllegalArgumentException("say which node: forget 3");
        }
        int node = Integer.parseInt(arguments.getFirst());
        int[] there = context.services().nodes(Herald.SERVICE);
        if (Arrays.binarySearch(there, node) >= 0) {
            throw new IllegalArgumentException("node " + node + " is there: nothing is forgotten");
        }
        int guilds = Members.guildsOf(context.world(), node).size();
        context.services().toAll(Herald.SERVICE, new Mail.Forgotten(node));
        return "guilds forgotten: " + guilds;
    }
}
