package dev.horizon.perf;

import dev.horizon.engine.world.PositionColumn;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * {@code position += velocity * dt} over generated columns, beside {@code y += a * x} over plain
 * arrays of as many bytes: how far the columns are from what the memory allows.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ColumnsBench {
    private static final double DT = 0.05;

    /** Rows. */
    @Param({"10000", "100000", "1000000"})
    public int rows;

    private PositionColumn position = new PositionColumn(0);
    private VelocityColumn velocity = new VelocityColumn(0);
    private double[] axpyX = {};
    private double[] axpyY = {};

    /** Fills both. */
    @Setup(Level.Trial)
    public void setUp() {
        position = new PositionColumn(rows);
        velocity = new VelocityColumn(rows);
        for (int i = 0; i < rows; i++) {
            velocity.x[i] = i;
            velocity.y[i] = 1;
            velocity.z[i] = -i;
        }
        axpyX = new double[3 * rows];
        axpyY = new double[3 * rows];
        for (int i = 0; i < axpyX.length; i++) {
            axpyX[i] = i;
        }
    }

    /** Over columns. */
    @Benchmark
    public PositionColumn columns() {
        Moves.move(position, velocity, 0, rows, DT);
        return position;
    }

    /** The yardstick. */
    @Benchmark
    public double[] axpy() {
        double[] x = axpyX;
        double[] y = axpyY;
        for (int i = 0; i < y.length; i++) {
            y[i] += DT * x[i];
        }
        return y;
    }
}
