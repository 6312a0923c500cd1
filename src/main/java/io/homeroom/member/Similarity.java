package io.homeroom.member;

/** How alike two strings are, by the slips between them. */
final class Similarity {

    private Similarity() {}

    /**
     * 1 if the short one stands in the long one as it is, less with each letter wrong, missing or too many; 0 if nothing
     * fits.
     */
    static double within(String part, String whole) {
        if (part.isEmpty()) {
            return 0;
        }
        int[] above = new int[whole.length() + 1]; // beginning anywhere in the whole costs nothing
        for (int i = 1; i <= part.length(); i++) {
            int[] row = new int[whole.length() + 1];
            row[0] = i;
            for (int j = 1; j <= whole.length(); j++) {
                int same = above[j - 1] + (part.charAt(i - 1) == whole.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(same, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        int slips = part.length();
        for (int cost : above) {
            slips = Math.min(slips, cost);
        }
        return 1 - (double) slips / part.length();
    }
}
