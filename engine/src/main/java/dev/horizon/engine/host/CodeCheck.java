package dev.horizon.engine.host;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks through one method for banned calls, direct or by method reference. */
final class CodeCheck {
    private final String className;
    private final String method;
    private final String source;
    private final List<Violation> found;

    CodeCheck(String className, String method, String source, List<Violation> found) {
        this.className = className;
        this.method = method;
        this.source = source;
        this.found = found;
    }

    void check(CodeModel code) {
        int line = 0;
        for (CodeElement element : code) {
            switch (element) {
                case LineNumber number -> line = number.line();
                case InvokeInstruction call ->
                        check(
                                call.owner().asInternalName(),
                                call.name().stringValue(),
                                call.type().stringValue(),
                                line);
                case InvokeDynamicInstruction dynamic -> {
                    for (ConstantDesc argument : dynamic.bootstrapArgs()) {
                        if (argument instanceof DirectMethodHandleDesc handle) {
                            check(
                                    internalName(handle.owner().descriptorString()),
                                    handle.kind() == DirectMethodHandleDesc.Kind.CONSTRUCTOR
                                            ? "<init>"
                                            : handle.methodName(),
                                    handle.lookupDescriptor(),
                                    line);
                        }
                    }
                }
                default -> {}
            }
        }
    }

    private void check(String owner, String called, String descriptor, int line) {
        @Nullable String instead = Bans.instead(owner, called, descriptor);
        if (instead != null) {
            String type = owner.substring(owner.lastIndexOf('/') + 1).replace('$', '.');
            found.add(
                    new Violation(
                            className,
                            method,
                            source + (line == 0 ? "" : ":" + line),
                            called.equals("<init>")
                                    ? "makes a " + type
                                    : "calls " + type + "." + called,
                            instead));
        }
    }

    private static String internalName(String descriptor) {
        return descriptor.startsWith("L")
                ? descriptor.substring(1, descriptor.length() - 1)
                : descriptor;
    }
}
