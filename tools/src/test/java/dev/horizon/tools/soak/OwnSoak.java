package dev.horizon.tools.soak;

import dev.horizon.net.client.Trust;
import dev.horizon.tools.config.Origin;
import dev.horizon.tools.config.Setting;
import dev.horizon.tools.soak.plan.PlanFile;
import dev.horizon.tools.soak.plan.Sample;
import dev.horizon.tools.soak.plan.StagePlan;
import dev.horizon.tools.soak.plan.Totals;
import dev.horizon.tools.tape.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A soak that starts what it soaks, with the plugins of this test's class path. */
final class OwnSoak implements SoakWatcher {
    private final List<String> said = new ArrayList<>();

    /** Runs a plan. */
    SoakResult run(Path plan, Path folder) throws Exception {
        Installation installation = new Installation(folder.resolve("installation"));
        PlanFile read = PlanFile.read(plan);
        List<Setting> settings = new ArrayList<>(read.settings());
        settings.add(
                new Setting(
                        "node.plugin-dir",
                        installation.plugins().toString(),
                        new Origin.Flag("--set")));
        SoakTarget target =
                new SoakTarget(
                        null,
                        null,
                        null,
                        Trust.standard(),
                        null,
                        installation::command,
                        Files.createDirectories(folder.resolve("out")));
        return SoakRun.run(
                new PlanFile(read.file(), read.text(), read.plan(), settings), target, this);
    }

    /** What it said meanwhile. */
    List<String> said() {
        return said;
    }

    @Override
    public void say(String line) {
        said.add(line);
    }

    @Override
    public void sampled(Sample sample, StagePlan stage, Totals whole) {
        // The result has all of it.
    }
}
