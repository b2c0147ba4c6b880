package dev.horizon.ecs.cargo;

import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Effects;
import dev.horizon.engine.systems.ExclusiveTask;
import dev.horizon.engine.systems.Sweep;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.Lookup;

/** Moves ore into holds and cargo between holds and stores; every unit is somewhere, always. */
final class CargoSystem implements ExclusiveTask {
    private static final int ORE = Commodity.ORE.ordinal();

    static Access access() {
        return Access.none()
                .optionallyUpdating(HoldColumn.TYPE, StoreColumn.TYPE, OreColumn.TYPE)
                .consuming(ExtractColumn.TYPE, CargoTransferColumn.TYPE);
    }

    @Override
    public void run(Sweep sweep, Tick tick) {
        Effects<ExtractColumn> extracts = sweep.consume(ExtractColumn.TYPE);
        ExtractColumn extract = extracts.column();
        for (int i = 0; i < extracts.size(); i++) {
            extract(sweep, extract.rock[i], extract.miner[i], extract.units[i]);
        }
        Effects<CargoTransferColumn> transfers = sweep.consume(CargoTransferColumn.TYPE);
        CargoTransferColumn transfer = transfers.column();
        for (int i = 0; i < transfers.size(); i++) {
            long from = sweep.lookup().locate(transfer.from[i]);
            long to = sweep.lookup().locate(transfer.to[i]);
            if (from != Lookup.NOWHERE && to != Lookup.NOWHERE && from != to) {
                move(sweep, from, to, transfer.commodity[i], transfer.units[i]);
            }
        }
    }

    private static void extract(Sweep sweep, long rock, long miner, int units) {
        long from = sweep.lookup().locate(rock);
        long to = sweep.lookup().locate(miner);
        if (from == Lookup.NOWHERE || to == Lookup.NOWHERE) {
            return;
        }
        OreColumn ore = sweep.update(OreColumn.TYPE, from);
        HoldColumn hold = sweep.update(HoldColumn.TYPE, to);
        if (ore == null || hold == null) {
            return;
        }
        int row = Lookup.row(to);
        int free = hold.capacity[row] - Hold.used(hold, row);
        int moved = Math.min(Math.min(units, free), ore.units[Lookup.row(from)]);
        if (moved > 0) {
            ore.units[Lookup.row(from)] -= moved;
            ore.markRow(Lookup.row(from));
            hold.units[row * Commodity.COUNT + ORE] += moved;
            hold.markRow(row);
        }
    }

    private static void move(Sweep sweep, long from, long to, int commodity, int units) {
        int moved =
                Math.min(
                        units,
                        Math.min(available(sweep, from, commodity), room(sweep, to, commodity)));
        if (moved > 0) {
            add(sweep, from, commodity, -moved);
            add(sweep, to, commodity, moved);
        }
    }

    private static int available(Sweep sweep, long at, int commodity) {
        int index = Lookup.row(at) * Commodity.COUNT + commodity;
        HoldColumn hold = sweep.update(HoldColumn.TYPE, at);
        if (hold != null) {
            return hold.units[index];
        }
        StoreColumn store = sweep.update(StoreColumn.TYPE, at);
        return store == null ? 0 : store.units[index];
    }

    private static int room(Sweep sweep, long at, int commodity) {
        int row = Lookup.row(at);
        HoldColumn hold = sweep.update(HoldColumn.TYPE, at);
        if (hold != null) {
            return hold.capacity[row] - Hold.used(hold, row);
        }
        StoreColumn store = sweep.update(StoreColumn.TYPE, at);
        return store == null
                ? 0
                : Integer.MAX_VALUE - store.units[row * Commodity.COUNT + commodity];
    }

    private static void add(Sweep sweep, long at, int commodity, int units) {
        int row = Lookup.row(at);
        HoldColumn hold = sweep.update(HoldColumn.TYPE, at);
        if (hold != null) {
            hold.units[row * Commodity.COUNT + commodity] += units;
            hold.markRow(row);
            return;
        }
        StoreColumn store = sweep.update(StoreColumn.TYPE, at);
        if (store != null) {
            store.units[row * Commodity.COUNT + commodity] += units;
            store.markRow(row);
        }
    }
}
