package dev.horizon.tools.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Finds public types and methods without a comment. javac's own check would also ask for tags that
 * restate parameters' names.
 */
final class Uncommented extends TreePathScanner<Void, CompilationUnitTree> {
    private final DocTrees comments;
    private final List<String> found;
    private final Deque<ClassTree> types = new ArrayDeque<>();

    private Uncommented(DocTrees comments, List<String> found) {
        this.comments = comments;
        this.found = found;
    }

    /** {@code File.java:line Type.member} for each. */
    static List<String> in(List<Path> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> found = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    files,
                                    null,
                                    List.of("-proc:none"),
                                    null,
                                    files.getJavaFileObjectsFromPaths(sources));
            DocTrees comments = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Uncommented(comments, found).scan(unit, unit);
            }
        }
        return found;
    }

    @Override
    public Void visitClass(ClassTree type, CompilationUnitTree unit) {
        if (!isPublic(type.getModifiers())) {
            return null;
        }
        types.addLast(type);
        check(type, "", unit);
        super.visitClass(type, unit);
        types.removeLast();
        return null;
    }

    @Override
    public Void visitMethod(MethodTree method, CompilationUnitTree unit) {
        boolean overrides =
                method.getModifiers().getAnnotations().stream()
                        .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
        boolean ofARecord = types.getLast().getKind() == Tree.Kind.RECORD;
        boolean constructor = method.getReturnType() == null;
        if (isPublic(method.getModifiers()) && !overrides && !(ofARecord && constructor)) {
            check(method, "." + method.getName(), unit);
        }
        return null;
    }

    /** Members of interfaces and annotations are public without a word. */
    private boolean isPublic(ModifiersTree modifiers) {
        Tree.Kind around = types.isEmpty() ? Tree.Kind.CLASS : types.getLast().getKind();
        boolean inInterface = around == Tree.Kind.INTERFACE || around == Tree.Kind.ANNOTATION_TYPE;
        return modifiers.getFlags().contains(Modifier.PUBLIC)
                || inInterface && !modifiers.getFlags().contains(Modifier.PRIVATE);
    }

    private void check(Tree tree, String member, CompilationUnitTree unit) {
        if (comments.getDocComment(getCurrentPath()) == null) {
            long line =
                    unit.getLineMap()
                            .getLineNumber(
                                    comments.getSourcePositions().getStartPosition(unit, tree));
            Path file = Path.of(unit.getSourceFile().getName());
            found.add(file.getFileName() + ":" + line + " " + typeName() + member);
        }
    }

    private String typeName() {
        return String.join(
                ".", types.stream().map(type -> type.getSimpleName().toString()).toList());
    }
}
