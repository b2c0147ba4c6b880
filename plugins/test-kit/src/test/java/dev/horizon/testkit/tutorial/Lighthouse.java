package dev.horizon.testkit.tutorial;

import dev.horizon.engine.events.AsyncFailed;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.plugin.AsyncTask;
import dev.horizon.engine.plugin.CommandSpec;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.Blueprint;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.Size;
import dev.horizon.engine.world.SizeClass;
import java.util.List;

/** The plugin of the tutorial. */
public final class Lighthouse implements Plugin {
    /** Said to players. */
    public record Word(String text) {}

    /** Sent by players who order oil for a lamp. */
    public record Order(EntityId lamp) {}

    /** Oil arrives. */
    public record Delivery(EntityId lamp, float litres) {}

    /** What the weather office is asked. */
    public record Forecast(int hours) {}

    /** What it answers. */
    public record Weather(boolean isFoggy) {}

    /** Sent to all lighthouses of the mesh. */
    public record Warning(String text) {}

    /** What other plugins may ask of this one. */
    public interface Lights {
        /** Litres left in a lamp. */
        float oil(EntityId lamp, EventContext context);
    }

    private static final Blueprint HOUSE =
            Blueprint.of(new Position(0, 0, 0), new Size(SizeClass.STATION, 20));

    @Override
    public void setup(Registrar registrar) {
        LampSettings settings = registrar.config(LampSettings.class);
        registrar.components(LampColumn.TYPE);
        registrar.system(
                SystemSpec.of(
                        "burn",
                        Stage.UPKEEP,
                        Access.none().writing(LampColumn.TYPE),
                        Lighthouse::burn));
        registrar.events().toClient("lighthouse", "word", Word.class);
        registrar
                .events()
                .onClient(
                        "lighthouse",
                        "order",
                        Order.class,
                        (order, sender, context) -> order(order, sender, settings, context));
        registrar.events().onPlugin(Delivery.class, Lighthouse::deliver);
        registrar
                .events()
                .on(PlayerConnected.class, (event, context) -> build(event, settings, context));
        registrar.async(Forecast.class, Weather.class, new WeatherOffice());
        registrar.events().onPlugin(Weather.class, Lighthouse::tell);
        registrar.events().on(AsyncFailed.class, Lighthouse::noForecast);
        registrar.provide(Lights.class, new LampLights());
        registrar.offer("lighthouse", Warning.class);
        registrar.events().onPlugin(Warning.class, Lighthouse::hear);
        registrar.command(new CommandSpec("warn", "<text>", "Warns of a storm.", Lighthouse::warn));
        registrar.command(
                new CommandSpec(
                        "forecast",
                        "<hours>",
                        "Asks the weather office.",
                        (arguments, context) -> {
                            context.async(new Forecast(Integer.parseInt(arguments.getFirst())));
                            return "asked";
                        }));
    }

    private static void burn(Rows rows, Tick tick) {
        LampColumn lamp = rows.write(LampColumn.TYPE);
        for (int row = rows.from(); row < rows.to(); row++) {
            if (lamp.oil[row] > 0) {
                lamp.oil[row] = Math.max(0, lamp.oil[row] - (float) tick.dt());
                lamp.ticks[row]++;
            }
        }
    }

    private static void build(PlayerConnected event, LampSettings settings, EventContext context) {
        EntityId house = HOUSE.with(new Lamp(settings.oil(), 0)).create(context.world());
        context.players().send(event.player(), new Word("Lamp " + house + " is yours."));
    }

    private static void order(
            Order order, Player sender, LampSettings settings, EventContext context) {
        if (context.world().read(order.lamp(), Lamp.class) == null) {
            context.refuse("LIGHT-1", order.lamp() + " is no lamp; name one that burns");
            return;
        }
        context.after(settings.refillTicks(), new Delivery(order.lamp(), settings.oil()));
    }

    private static void deliver(Delivery delivery, EventContext context) {
        Lamp lamp = context.world().read(delivery.lamp(), Lamp.class);
        if (lamp != null) {
            context.world()
                    .write(delivery.lamp(), new Lamp(lamp.oil() + delivery.litres(), lamp.ticks()));
        }
    }

    private static void tell(Weather weather, EventContext context) {
        context.players()
                .sendAll(new Word(weather.isFoggy() ? "Fog is coming." : "A clear night."));
    }

    private static void noForecast(AsyncFailed failed, EventContext context) {
        context.players().sendAll(new Word("No forecast: " + failed.reason()));
    }

    private static String warn(List<String> words, EventContext context) {
        Warning warning = new Warning(String.join(" ", words));
        return "nodes told: " + context.services().toAll("lighthouse", warning);
    }

    private static void hear(Warning warning, EventContext context) {
        context.players().sendAll(new Word(warning.text()));
    }

    /** Runs off the tick: here alone a clock, a file or a socket may be used. */
    public static final class WeatherOffice implements AsyncTask<Forecast, Weather> {
        @Override
        public Weather run(Forecast question) {
            if (question.hours() > 48) {
                throw new IllegalArgumentException("nobody knows");
            }
            return new Weather(question.hours() > 12);
        }
    }

    private static final class LampLights implements Lights {
        @Override
        public float oil(EntityId entity, EventContext context) {
            Lamp lamp = context.world().read(entity, Lamp.class);
            return lamp == null ? 0 : lamp.oil();
        }
    }
}
