package dev.weir.web;

import java.util.List;

/** A feature's entries in the left rail: a bean that implements this is found by the layout, nothing else has to be told. */
public interface Navigation {

    List<NavigationItem> items();
}
