package dev.horizon.processor;

import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/**
 * Writes {@code <Record>Column} beside each record that is annotated with {@code @Component}. Each
 * file depends on its record alone, so incremental builds redo only what changed.
 */
@SupportedAnnotationTypes(Names.COMPONENT)
public final class ComponentProcessor extends AbstractProcessor {
    private final Map<String, String> recordsByColumn = new HashMap<>();

    /** Found by the compiler through {@code META-INF/services}. */
    public ComponentProcessor() {}

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (TypeElement annotation : annotations) {
            for (Element element : round.getElementsAnnotatedWith(annotation)) {
                try {
                    generate(element);
                } catch (Problem problem) {
                    error(problem.where(), problem.what());
                } catch (IOException fault) {
                    error(element, "the column of " + element + " can't be written: " + fault);
                }
            }
        }
        return true;
    }

    private void generate(Element element) throws Problem, IOException {
        ComponentModel model = new ComponentReader(processingEnv.getElementUtils()).read(element);
        String qualified =
                model.packageName().isEmpty()
                        ? model.column()
                        : model.packageName() + "." + model.column();
        String other = recordsByColumn.putIfAbsent(qualified, element.toString());
        if (other != null || processingEnv.getElementUtils().getTypeElement(qualified) != null) {
            throw new Problem(
                    element,
                    "the column "
                            + qualified
                            + " of "
                            + element
                            + " exists already"
                            + (other == null ? "" : " for " + other)
                            + "; rename one of them");
        }
        String source = new ColumnWriter(model).write();
        try (Writer writer =
                processingEnv.getFiler().createSourceFile(qualified, element).openWriter()) {
            writer.write(source);
        }
    }

    private void error(Element where, String what) {
        processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, what, where);
    }
}
