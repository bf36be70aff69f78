/** Home and navigation. Reads the features' doors; owns nothing. */
@NullMarked
package dev.weir.console;

import org.jspecify.annotations.NullMarked;
