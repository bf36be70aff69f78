package dev.weir.review;

import java.util.List;
import java.util.stream.Stream;

/** A part of the evidence as a page shows it. */
record Table(String title, List<String> heads, List<List<Cell>> rows, String note) {

    /** @param href where it can be looked at; empty for nowhere */
    record Cell(String text, String href) {}

    static List<Cell> row(String first, String href, String... others) {
        return Stream.concat(Stream.of(new Cell(first, href)), Stream.of(others).map(text -> new Cell(text, "")))
                .toList();
    }
}
