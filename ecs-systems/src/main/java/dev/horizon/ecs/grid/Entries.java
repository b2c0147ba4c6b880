package dev.horizon.ecs.grid;

import java.util.Arrays;

/** The arrays of a layer's entries, once as added and once as sorted. */
final class Entries {
    final long[] key;
    final double[] x;
    final double[] y;
    final double[] z;
    final float[] dx;
    final float[] dy;
    final float[] dz;
    final float[] radius;
    final long[] entity;
    final byte[] faction;

    Entries(int capacity) {
        this(
                new long[capacity],
                new double[capacity],
                new double[capacity],
                new double[capacity],
                new float[capacity],
                new float[capacity],
                new float[capacity],
                new float[capacity],
                new long[capacity],
                new byte[capacity]);
    }

    private Entries(
            long[] key,
            double[] x,
            double[] y,
            double[] z,
            float[] dx,
            float[] dy,
            float[] dz,
            float[] radius,
            long[] entity,
            byte[] faction) {
        this.key = key;
        this.x = x;
        this.y = y;
        this.z = z;
        this.dx = dx;
        this.dy = dy;
        this.dz = dz;
        this.radius = radius;
        this.entity = entity;
        this.faction = faction;
    }

    Entries grown() {
        int more = 2 * key.length;
        return new Entries(
                Arrays.copyOf(key, more),
                Arrays.copyOf(x, more),
                Arrays.copyOf(y, more),
                Arrays.copyOf(z, more),
                Arrays.copyOf(dx, more),
                Arrays.copyOf(dy, more),
                Arrays.copyOf(dz, more),
                Arrays.copyOf(radius, more),
                Arrays.copyOf(entity, more),
                Arrays.copyOf(faction, more));
    }

    void set(int i, long cell, double px, double py, double pz, float mx, float my, float mz) {
        key[i] = cell;
        x[i] = px;
        y[i] = py;
        z[i] = pz;
        dx[i] = mx;
        dy[i] = my;
        dz[i] = mz;
    }

    void tag(int i, float sphere, long id, byte side) {
        radius[i] = sphere;
        entity[i] = id;
        faction[i] = side;
    }

    void copy(Entries source, int from, int to) {
        key[to] = source.key[from];
        x[to] = source.x[from];
        y[to] = source.y[from];
        z[to] = source.z[from];
        dx[to] = source.dx[from];
        dy[to] = source.dy[from];
        dz[to] = source.dz[from];
        radius[to] = source.radius[from];
        entity[to] = source.entity[from];
        faction[to] = source.faction[from];
    }

    double distanceSquared(int i, double px, double py, double pz) {
        double ox = x[i] - px;
        double oy = y[i] - py;
        double oz = z[i] - pz;
        return ox * ox + oy * oy + oz * oz;
    }
}
