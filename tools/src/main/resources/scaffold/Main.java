package @PACKAGE@;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.events.PluginStarted;
import dev.horizon.engine.events.RegionStarted;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.Size;
import dev.horizon.engine.world.SizeClass;

/** A beacon that circles the star and greets who comes. */
public final class @CLASS@ implements Plugin {
    private static final float DEGREES_PER_SECOND = 6;

    @Override
    public void setup(Registrar registrar) {
        Settings settings = registrar.config(Settings.class);
        registrar.components(BeaconColumn.TYPE);
        registrar.system(
                SystemSpec.of(
                        "circle",
                        Stage.DECIDE,
                        Access.none().writing(BeaconColumn.TYPE, PositionColumn.TYPE),
                        (rows, tick) -> circle(rows, tick, settings.radius())));
        registrar.events().toClient("@NAME@", "hello", Hello.class);
        // A node that starts raises the first, one that the plugin is loaded into the second.
        registrar.events().on(RegionStarted.class, (event, context) -> light(context));
        registrar.events().on(PluginStarted.class, (event, context) -> light(context));
        registrar
                .events()
                .on(
                        PlayerConnected.class,
                        (event, context) ->
                                context.players()
                                        .send(event.player(), new Hello(settings.greeting())));
    }

    /** Once: after a reload it is still there. */
    private static void light(EventContext context) {
        EntityId beacon = context.world().singleton(new Beacon(0, 0));
        context.world().write(beacon, new Position(0, 0, 0));
        context.world().write(beacon, new Size(SizeClass.STATION, 50));
    }

    private static void circle(Rows rows, Tick tick, double radius) {
        BeaconColumn beacon = rows.write(BeaconColumn.TYPE);
        PositionColumn place = rows.write(PositionColumn.TYPE);
        for (int row = rows.from(); row < rows.to(); row++) {
            float degrees = beacon.degrees[row] + (float) (DEGREES_PER_SECOND * tick.dt());
            if (degrees >= 360) {
                degrees -= 360;
                beacon.turns[row]++;
            }
            beacon.degrees[row] = degrees;
            place.x[row] = radius * StrictMath.cos(StrictMath.toRadians(degrees));
            place.y[row] = radius * StrictMath.sin(StrictMath.toRadians(degrees));
        }
    }
}
