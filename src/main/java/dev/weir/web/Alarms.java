package dev.weir.web;

import java.util.List;

/** What stands above every page until somebody has seen to it. A bean that implements this is found by the layout. */
public interface Alarms {

    List<Alarm> alarms();

    /** One of them, with the page where it can be seen to. */
    record Alarm(String text, String href, String link) {}
}
