package dev.horizon.tools.node;

import dev.horizon.engine.dispatch.QuarantineReport;
import dev.horizon.engine.host.LoadedPlugin;
import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.RejectedPlugin;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.schedule.SystemTimings;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.tools.live.PluginStatus;
import dev.horizon.tools.live.PluginTrouble;
import dev.horizon.tools.live.PluginTrouble.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** How plugins fare: what runs, and all that went wrong with each, from wherever it was noticed. */
final class PluginBoard {
    private static final String HELD = "HZ-PLG-021";

    private final PluginDesk desk;
    private final Schedule schedule;
    private final TickLoop loop;
    private final LongFunction<String> replayCommand;
    private volatile @Nullable HangWatch hangs;

    PluginBoard(
            PluginDesk desk, Schedule schedule, TickLoop loop, LongFunction<String> replayCommand) {
        this.desk = desk;
        this.schedule = schedule;
        this.loop = loop;
        this.replayCommand = replayCommand;
    }

    /** Who watches for code that doesn't return. */
    void hangs(HangWatch by) {
        hangs = by;
    }

    List<PluginStatus> plugins() {
        LoadedPlugins plugins = desk.plugins();
        List<String> skipped = loop.events().skippedPlugins();
        Map<String, List<PluginTrouble>> troubles = troubles(Set.copyOf(skipped));
        List<PluginStatus> all = new ArrayList<>();
        for (LoadedPlugin plugin : plugins.plugins()) {
            String name = plugin.descriptor().name();
            List<PluginTrouble> own = troubles.getOrDefault(name, List.of());
            troubles.remove(name);
            all.add(
                    new PluginStatus(
                            name,
                            plugin.descriptor().version().toString(),
                            skipped.contains(name) ? "disabled" : "loaded",
                            detail(plugins, name, own),
                            own));
        }
        for (RejectedPlugin plugin : plugins.rejected()) {
            all.add(
                    new PluginStatus(
                            plugin.origin(), "", "refused", plugin.reason().toString(), List.of()));
        }
        troubles.forEach((name, own) ->
                all.add(new PluginStatus(name, "", "not loaded", own.getLast().message(), own)));
        return all;
    }

    private String detail(LoadedPlugins plugins, String plugin, List<PluginTrouble> troubles) {
        long systems = plugins.systems().stream().filter(s -> s.plugin().equals(plugin)).count();
        StringBuilder text = new StringBuilder().append(systems).append(" systems");
        for (PluginTrouble trouble : troubles) {
            text.append("; ").append(trouble.words()).append(": ").append(trouble.message());
            if (!trouble.next().isEmpty()) {
                text.append("; see it again: ").append(trouble.next());
            }
        }
        return text.toString();
    }

    /** By plugin, the oldest first. */
    private Map<String, List<PluginTrouble>> troubles(Set<String> skippedPlugins) {
        Set<String> skipped = new HashSet<>(loop.events().quarantined());
        schedule.timings().stream()
                .filter(SystemTimings::quarantined)
                .forEach(system -> skipped.add(system.name()));
        Map<String, List<PluginTrouble>> all = new LinkedHashMap<>();
        for (QuarantineReport report : loop.events().quarantine().reports()) {
            boolean isSkipped =
                    skipped.contains(report.name()) || skippedPlugins.contains(report.plugin());
            Kind otherwise = isSkipped ? Kind.QUARANTINED : Kind.FAILED;
            add(all, report, report.stack().contains(HELD) ? Kind.HUNG : otherwise);
        }
        loop.overruns().reports().forEach(report -> add(all, report, Kind.OVER_BUDGET));
        HangWatch watch = hangs;
        if (watch != null) {
            watch.reports().reports().forEach(report -> add(all, report, Kind.HUNG));
        }
        desk.setbacks().all().forEach((plugin, setback) -> add(all, plugin, setback));
        return all;
    }

    private void add(
            Map<String, List<PluginTrouble>> all,
            QuarantineReport report,
            PluginTrouble.Kind kind) {
        add(
                all,
                report.plugin(),
                kind,
                report.name(),
                report.tick(),
                report.stack(),
                replayCommand.apply(report.tick()));
    }

    private static void add(
            Map<String, List<PluginTrouble>> all, String plugin, Setbacks.Setback setback) {
        Kind kind = setback.isBuilt() ? Kind.REFUSED : Kind.UNBUILT;
        add(all, plugin, kind, plugin, setback.tick(), setback.text(), "");
    }

    private static void add(
            Map<String, List<PluginTrouble>> all,
            String plugin,
            Kind kind,
            String name,
            long tick,
            String text,
            String next) {
        int line = text.indexOf('\n');
        String first = line < 0 ? text : text.substring(0, line);
        String rest = line < 0 ? "" : text.substring(line + 1).stripTrailing();
        all.computeIfAbsent(plugin, unknown -> new ArrayList<>())
                .add(new PluginTrouble(kind, name, tick, first.strip(), rest, next));
    }
}
