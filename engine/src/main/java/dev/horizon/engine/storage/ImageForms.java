package dev.horizon.engine.storage;

import dev.horizon.engine.world.ComponentType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How images of entities describe their components, before the rows. Images of one composition
 * begin with the same bytes, which are most of them; a thousand that come together are read by one
 * reading of these. Of the components that a world has at one time. Tick thread.
 */
final class ImageForms {
    /** Those read last stay known: as many as there are compositions that go from node to node. */
    private static final int KNOWN_MAX = 32;

    /**
     * One component of an image.
     *
     * @param name on the wire
     * @param rowBytes of a stored row
     * @param layout how to read its rows; null where no plugin here registers it
     */
    record Stored(String name, int rowBytes, @Nullable RowLayout layout) {}

    /** What a beginning says. */
    private record Known(byte[] bytes, List<Stored> components) {}

    private final ComponentRegistry registry;
    private final byte[][] shapes;
    private final Deque<Known> known = new ArrayDeque<>();
    private byte[] compared = new byte[0];

    ImageForms(ComponentRegistry registry) {
        this.registry = registry;
        List<ComponentType<?>> types = registry.types();
        shapes = new byte[types.size()][];
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        for (int i = 0; i < shapes.length; i++) {
            shapes[i] = new byte[ComponentShape.of(types.get(i)).write(buffer, 0)];
            buffer.getBytes(0, shapes[i]);
        }
    }

    /** The description of a component, by ordinal. */
    byte[] shape(int ordinal) {
        return shapes[ordinal];
    }

    /** Components that there are. */
    int size() {
        return shapes.length;
    }

    /** Reads the components of an image, and stands behind them. */
    List<Stored> read(ByteReader reader) {
        for (Known each : known) {
            if (beginsWith(reader, each.bytes)) {
                reader.skip(each.bytes.length);
                return each.components;
            }
        }
        int from = reader.skip(0);
        List<Stored> components = new ArrayList<>();
        int count = reader.unsignedByte();
        for (int i = 0; i < count; i++) {
            components.add(readOne(reader));
        }
        byte[] bytes = new byte[reader.skip(0) - from];
        reader.buffer().getBytes(from, bytes);
        if (known.size() == KNOWN_MAX) {
            known.removeLast();
        }
        known.addFirst(new Known(bytes, List.copyOf(components)));
        return components;
    }

    private boolean beginsWith(ByteReader reader, byte[] bytes) {
        if (reader.left() < bytes.length) {
            return false;
        }
        if (compared.length < bytes.length) {
            compared = new byte[bytes.length];
        }
        reader.buffer().getBytes(reader.skip(0), compared, 0, bytes.length);
        return Arrays.equals(compared, 0, bytes.length, bytes, 0, bytes.length);
    }

    private Stored readOne(ByteReader reader) {
        int wireId = reader.unsignedShort();
        ComponentShape shape = ComponentShape.read(reader);
        ComponentType<?> type = registry.byWireId(wireId);
        RowLayout layout =
                type != null && type.name().equals(shape.name())
                        ? new RowLayout(shape, type)
                        : null;
        return new Stored(shape.name(), shape.rowBytes(), layout);
    }
}
