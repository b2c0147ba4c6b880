package dev.horizon.processor;

import javax.lang.model.element.Element;

/** A declaration that can't become a column: reported as a compile error at its line. */
final class Problem extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Element where;
    private final String what;

    Problem(Element where, String what) {
        super(what);
        this.where = where;
        this.what = what;
    }

    String what() {
        return what;
    }

    Element where() {
        return where;
    }
}
