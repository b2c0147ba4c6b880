package dev.horizon.plugins.market;

import dev.horizon.ecs.cargo.Commodity;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.World;

/** The best that the open orders of a station say, by ordinal of the commodity. */
final class Best {
    final long[] bid = new long[Commodity.COUNT];
    final int[] bidUnits = new int[Commodity.COUNT];
    final long[] ask = new long[Commodity.COUNT];
    final int[] askUnits = new int[Commodity.COUNT];

    static Best of(World world, EntityId station) {
        Best best = new Best();
        world.forEach(
                Order.class,
                station.value(),
                id -> {
                    Order order = world.read(id, Order.class);
                    if (order != null && order.units() > 0) {
                        best.add(order);
                    }
                });
        return best;
    }

    private void add(Order order) {
        boolean buys = order.side() == Side.BUY;
        long[] price = buys ? bid : ask;
        int[] units = buys ? bidUnits : askUnits;
        int i = order.commodity().ordinal();
        boolean better = buys ? order.price() > price[i] : order.price() < price[i];
        if (price[i] == 0 || better) {
            price[i] = order.price();
            units[i] = order.units();
        } else if (order.price() == price[i]) {
            units[i] = (int) Math.min(Integer.MAX_VALUE, (long) units[i] + order.units());
        }
    }
}
