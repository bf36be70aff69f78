package dev.weir.testsupport;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A test that tries a row of docs/limits.md where it ends: {@link Limit} gives it the figure, and {@code LimitsTest} sees that it uses it. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Edge {

    /** How the row begins. */
    String value();

    /** Which of its figures, where it has several. */
    int figure() default 0;

    /** What the setting of the row is in this test, where the real figure would be too much: {@code SettingsTest} compares that one. */
    long lowered() default 0;
}
