package io.homeroom.rulebook;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads rulebooks. All faults of a file are found in one reading, each with its place. */
public final class Rulebooks {

    /**
     * What came of reading a file.
     *
     * @param rulebook present only if there is no fault
     * @param faults in the order of the file
     */
    public record Reading(Optional<Rulebook> rulebook, List<Fault> faults) {

        /**
         * The rulebook.
         *
         * @throws IllegalArgumentException with every fault, a line for each
         */
        public Rulebook orThrow() {
            return rulebook.orElseThrow(() -> new IllegalArgumentException(
                    String.join("\n", faults.stream().map(Fault::toString).toList())));
        }
    }

    private Rulebooks() {}

    /**
     * Reads one rulebook.
     *
     * @param file how faults name it; nothing is opened
     * @param text its YAML
     */
    public static Reading read(String file, String text) {
        List<Fault> faults = new ArrayList<>();
        Marks marks = new Marks(file, faults);
        Optional<Rulebook> bound = new Binder(marks).bind(text, Rulebook.class);
        bound.ifPresent(rulebook -> new Soundness(rulebook, marks).check());
        faults.sort(Comparator.comparingInt(Fault::line)
                .thenComparingInt(Fault::column)
                .thenComparing(Fault::message));
        List<Fault> all = faults.stream().distinct().toList();
        return new Reading(all.isEmpty() ? bound : Optional.empty(), all);
    }
}
