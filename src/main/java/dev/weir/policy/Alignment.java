package dev.weir.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * What two lists have in common, in order, by longest common subsequence: which places of the one are gone and which of the other
 * are new. Long lists that share little are not compared to the end: all their middle counts as replaced.
 */
public record Alignment(List<Integer> gone, List<Integer> added) {

    /** Cells of the table that is filled for the part between the common beginning and the common end: 16 MB. */
    private static final long CELLS = 4_000_000;

    public Alignment {
        gone = List.copyOf(gone);
        added = List.copyOf(added);
    }

    public static <T> Alignment of(List<T> before, List<T> after) {
        int start = 0;
        int shorter = Math.min(before.size(), after.size());
        while (start < shorter && before.get(start).equals(after.get(start))) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        return middle(before.subList(start, before.size() - end), after.subList(start, after.size() - end), start);
    }

    private static <T> Alignment middle(List<T> before, List<T> after, int offset) {
        boolean compare = (long) (before.size() + 1) * (after.size() + 1) <= CELLS;
        int[][] common = compare ? table(before, after) : new int[0][0];
        var gone = new ArrayList<Integer>();
        var added = new ArrayList<Integer>();
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (compare
                    && i < before.size()
                    && j < after.size()
                    && before.get(i).equals(after.get(j))) {
                i++;
                j++;
            } else if (i < before.size() && (j == after.size() || !compare || common[i + 1][j] >= common[i][j + 1])) {
                gone.add(offset + i++);
            } else {
                added.add(offset + j++);
            }
        }
        return new Alignment(gone, added);
    }

    /** {@code [i][j]}: length of the longest common subsequence of what follows place i and place j. */
    private static <T> int[][] table(List<T> before, List<T> after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = before.get(i).equals(after.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
