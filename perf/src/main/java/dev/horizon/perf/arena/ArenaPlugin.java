package dev.horizon.perf.arena;

import dev.horizon.ecs.damage.Hull;
import dev.horizon.ecs.damage.HullColumn;
import dev.horizon.ecs.damage.Shield;
import dev.horizon.ecs.damage.ShieldColumn;
import dev.horizon.ecs.flight.Controls;
import dev.horizon.ecs.flight.Flight;
import dev.horizon.ecs.flight.FlightModel;
import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.identity.Identity;
import dev.horizon.ecs.identity.IdentityColumn;
import dev.horizon.ecs.identity.ShipType;
import dev.horizon.ecs.orbits.Orbits;
import dev.horizon.ecs.weapons.WeaponState;
import dev.horizon.ecs.weapons.WeaponStateColumn;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.EventShape;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.events.RegionStarted;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.Attitude;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Owner;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.Size;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Steering;
import dev.horizon.engine.world.World;
import java.util.ArrayList;
import java.util.List;

/** The arena. Who connects is given a ship in the next group; inputs steer it. */
public final class ArenaPlugin implements Plugin {
    /** The plugin's name, and the namespace of its input. */
    public static final String NAME = "arena";

    /** The input's name. */
    public static final String STICK = "stick";

    private static final float MASS_TONNES = 20;
    private static final float TURN_RATE = 1.6f;
    private static final float TURN_ACCELERATION = 4;
    private static final float RADIUS_METRES = 8;
    private static final float ROCK_METRES = 40;

    /** Out of sight of all ships, and they of it. */
    private static final double PERCH_METRES = 1e8;

    /**
     * From a player, {@code arena:stick}: the demand in body axes, each from -1 to 1.
     *
     * @param thrustX forward
     * @param thrustY left
     * @param thrustZ up
     * @param roll about the nose
     * @param pitch positive lowers the nose
     * @param yaw positive turns left
     */
    public record Stick(
            float thrustX, float thrustY, float thrustZ, float roll, float pitch, float yaw) {}

    @Override
    public void setup(Registrar registrar) {
        ArenaConfig config = registrar.config(ArenaConfig.class);
        Orbits.register(registrar);
        registrar.components(
                ArenaStateColumn.TYPE,
                PostColumn.TYPE,
                DrivesColumn.TYPE,
                IdentityColumn.TYPE,
                HullColumn.TYPE,
                ShieldColumn.TYPE,
                WeaponStateColumn.TYPE);
        registrar.system(
                SystemSpec.of("pilot", Stage.DECIDE, PilotSystem.access(), new PilotSystem()));
        Flight.register(registrar);
        registrar.system(
                SystemSpec.of("thrust", Stage.MOVE, ThrustSystem.access(), new ThrustSystem()));
        if (config.skirmish()) {
            registrar.system(
                    SystemSpec.of(
                            "skirmish",
                            Stage.RESOLVE,
                            SkirmishSystem.access(),
                            new SkirmishSystem()));
        }
        registrar
                .events()
                .on(
                        RegionStarted.class,
                        (event, context) -> {
                            if (event.region().contains(config.middleX(), 0, 0)) {
                                layOut(context, config);
                            }
                        });
        registrar
                .events()
                .on(
                        PlayerConnected.class,
                        (event, context) -> welcome(event.player(), context, config));
        registrar
                .events()
                .onInput(
                        NAME,
                        STICK,
                        Stick.class,
                        config.spectators() ? ArenaPlugin::look : ArenaPlugin::steer);
    }

    private static void layOut(EventContext context, ArenaConfig config) {
        World world = context.world();
        EntityId globals = world.singleton(ArenaState.EMPTY);
        ArenaState state = world.read(globals, ArenaState.class);
        if (state != null && state.laidOut()) {
            return;
        }
        Layout layout = new Layout(config);
        EntityId flagship = EntityId.NONE;
        for (int i = 0; i < config.ships(); i++) {
            EntityId ship = ship(world, config, layout, i, true);
            flagship = i == 0 ? ship : flagship;
        }
        double[] at = new double[3];
        for (int i = 0; i < config.rocks(); i++) {
            layout.place(config.ships() + i, at);
            rock(world, at);
        }
        EntityId perch = config.spectators() ? rock(world, PERCH_METRES, 0, 0) : EntityId.NONE;
        world.write(
                globals, new ArenaState(true, config.ships() + config.rocks(), flagship, perch));
    }

    private static EntityId rock(World world, double... at) {
        return world.create(
                new Position(at[0], at[1], at[2]),
                new Size(SizeClass.CRAFT, ROCK_METRES),
                new Identity(Faction.NONE, ShipType.ASTEROID, ""));
    }

    private static EntityId ship(
            World world,
            ArenaConfig config,
            Layout layout,
            int member,
            boolean manoeuvres,
            Record... more) {
        double[] at = new double[3];
        layout.place(member, at);
        List<Record> records = new ArrayList<>(List.of(more));
        records.add(new Position(at[0], at[1], at[2]));
        records.add(new Motion(0, 0, 0, 0, 0, 0));
        records.add(new Size(SizeClass.CRAFT, RADIUS_METRES));
        records.add(new Identity(Faction.FREELANCE, ShipType.FIGHTER, ""));
        if (config.turning()) {
            float force = config.thrust() * MASS_TONNES;
            records.add(new Attitude(0, 0, 0, 1, 0, 0, 0));
            records.add(Controls.NEUTRAL);
            records.add(Steering.NONE);
            records.add(
                    new FlightModel(
                            MASS_TONNES,
                            force,
                            force,
                            force,
                            TURN_RATE,
                            TURN_RATE,
                            TURN_ACCELERATION,
                            2 * config.speed()));
        }
        if (config.skirmish()) {
            records.add(Hull.of(600));
            records.add(Shield.of(300));
            records.add(WeaponState.charged(80, 12));
        }
        if (manoeuvres) {
            records.add(new Drives(config.thrust(), config.speed()));
            records.add(
                    new Post(
                            layout.middle(member, 0),
                            layout.middle(member, 1),
                            layout.middle(member, 2),
                            (float) config.groupMetres(),
                            0,
                            0,
                            0,
                            0));
        }
        return world.create(records.toArray(Record[]::new));
    }

    private static void welcome(Player player, EventContext context, ArenaConfig config) {
        World world = context.world();
        if (!context.players().focus(player).isNone()
                && world.exists(context.players().focus(player))) {
            return;
        }
        EntityId globals = world.singleton(ArenaState.EMPTY);
        ArenaState state = world.read(globals, ArenaState.class);
        if (state == null) {
            return;
        }
        if (config.spectators()) {
            context.players().focus(player, state.flagship());
            return;
        }
        int member = state.members();
        world.write(globals, new ArenaState(true, member + 1, state.flagship(), state.perch()));
        EntityId ship =
                ship(
                        world,
                        config,
                        new Layout(config),
                        member,
                        !config.steered(),
                        new Owner(player.id()));
        context.players().focus(player, ship);
    }

    /** Forward a spectator looks on from the flagship, backward from the perch. */
    private static void look(Stick stick, Player player, EventContext context) {
        World world = context.world();
        ArenaState state = world.read(world.singleton(ArenaState.EMPTY), ArenaState.class);
        if (state != null) {
            context.players().focus(player, stick.thrustX() > 0 ? state.flagship() : state.perch());
        }
    }

    private static void steer(Stick stick, Player player, EventContext context) {
        EntityId ship = context.players().focus(player);
        if (!ship.isNone() && context.world().exists(ship)) {
            context.world()
                    .write(
                            ship,
                            new Controls(
                                    stick.thrustX(),
                                    stick.thrustY(),
                                    stick.thrustZ(),
                                    stick.roll(),
                                    stick.pitch(),
                                    stick.yaw(),
                                    false,
                                    EntityId.NONE));
        }
    }

    /** Which input {@link #STICK} is, as clients send it. */
    public static int stick() {
        return new EventShape(EventShape.Direction.FROM_CLIENT, NAME, STICK, true, List.of()).id();
    }
}
