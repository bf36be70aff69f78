/** How this application behaves over HTTP: problems, headers, htmx, paging. No product words. */
@NullMarked
package dev.weir.web;

import org.jspecify.annotations.NullMarked;
