package dev.horizon.engine.dispatch;

import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.Services;
import dev.horizon.engine.plugin.HorizonException;
import java.util.Arrays;

/** A context's events to services: to itself by itself, to other nodes through the port. */
final class ServiceCalls implements Services {
    private final EventContext context;
    private final ServicePort port;
    private final Guard guard;

    ServiceCalls(EventContext context, ServicePort port, Guard guard) {
        this.context = context;
        this.port = port;
        this.guard = guard;
    }

    @Override
    public int node() {
        return port.node();
    }

    @Override
    public int[] nodes(String type) {
        return port.offering(type);
    }

    @Override
    public boolean isOffered(String type) {
        return port.offering(type).length > 0;
    }

    @Override
    public int toAll(String type, Record event) {
        int[] nodes = offering(type);
        send(type, event, nodes);
        return nodes.length;
    }

    @Override
    public int toKey(String type, long key, Record event) {
        int node = port.serving(type, key, offering(type));
        send(type, event, node);
        return node;
    }

    @Override
    public void toNode(String type, int node, Record event) {
        if (Arrays.binarySearch(offering(type), node) < 0) {
            throw new HorizonException(
                    "HZ-SVC-001", "node " + node + " offers no service '" + type + "' now");
        }
        send(type, event, node);
    }

    private int[] offering(String type) {
        int[] nodes = port.offering(type);
        if (nodes.length == 0) {
            throw new HorizonException(
                    "HZ-SVC-001",
                    "no node offers a service '"
                            + type
                            + "'; call Registrar.offer in the setup of a plugin that runs");
        }
        return nodes;
    }

    private void send(String type, Record event, int... nodes) {
        port.post(type, event, nodes);
        if (Arrays.binarySearch(nodes, port.node()) >= 0) {
            context.emit(event);
        } else {
            guard.ledger().event(); // as emit counts it
        }
    }
}
