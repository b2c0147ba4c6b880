package dev.horizon.plugins.guilds;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.EventRegistrar;
import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.events.PlayerDisconnected;
import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;

/** Corporations of players, and fleets of them. */
public final class Guilds implements Plugin {
    private static final int UPDATE_TICKS = 20;

    @Override
    public void setup(Registrar registrar) {
        GuildsConfig config = registrar.config(GuildsConfig.class);
        Hall hall = new Hall(config);
        Fleets fleets = new Fleets(config);
        registrar.components(
                GuildColumn.TYPE,
                MembershipColumn.TYPE,
                InvitationColumn.TYPE,
                GuildTagColumn.TYPE,
                WingColumn.TYPE,
                SeatColumn.TYPE);
        EventRegistrar events = registrar.events();
        events.toClient("guilds", "invited", GuildEvents.Invited.class);
        events.toClient("guilds", "roster", GuildEvents.Roster.class);
        events.toClient("guilds", "said", GuildEvents.Said.class);
        events.toClient("guilds", "fleet", GuildEvents.Fleet.class);
        events.onClient("guilds", "found", GuildEvents.Found.class, hall::found);
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
        events.on(PlayerConnected.class, Members::welcome);
        events.on(PlayerDisconnected.class, Members::farewell);
        events.on(TickStarted.class, Guilds::update);
    }

    private static void update(TickStarted event, EventContext context) {
        if (context.tick().number() % UPDATE_TICKS == 0) {
            context.world().forEach(Seat.class, context, Members::update);
        }
    }
}
