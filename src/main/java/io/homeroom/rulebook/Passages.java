package io.homeroom.rulebook;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The lines of a rulebook's text that stand at a place, and the text with other lines in their stead. Everything that is
 * not in those lines, remarks and layout too, stays as it was written.
 */
public final class Passages {

    /**
     * A place within a passage.
     *
     * @param written whether anything is written there; else the passage is what it belongs into
     * @param shared whether other places of the rulebook refer to these lines, so that they change too
     */
    public record Place(String path, boolean written, boolean shared) {}

    /**
     * Lines of the text.
     *
     * @param first from 1
     * @param last the line before {@code first} where nothing stands yet: a new part goes there
     * @param text the lines, without the last line break
     */
    public record Passage(List<Place> places, int first, int last, String text) {}

    private record Spot(Place place, int first, int last) {}

    private Passages() {}

    /** A text as it is kept: one kind of line break, one at the end, no byte order mark. */
    public static String plain(String text) {
        String whole = lines(text.startsWith("\uFEFF") ? text.substring(1) : text);
        int end = whole.length();
        while (end > 0 && whole.charAt(end - 1) == '\n') {
            end--;
        }
        return end == 0 ? "" : whole.substring(0, end) + "\n";
    }

    /** YAML takes all of these for a line break, and so do the numbers of its lines. */
    private static String lines(String text) {
        return text.replaceAll("\r\n|[\r\u0085\u2028\u2029]", "\n");
    }

    /**
     * The lines that stand at the places, in the order of the text; places whose lines meet share a passage.
     *
     * @param text plain, of which {@code book} was read
     * @throws IllegalArgumentException if the rulebook has no such place
     */
    public static List<Passage> at(String text, Rulebook book, List<String> paths) {
        Node root = Binder.compose(text);
        if (root == null) {
            return List.of();
        }
        List<String> lines = List.of(text.split("\n", -1));
        List<Spot> spots = paths.stream()
                .map(path -> spot(root, lines, path, Pointer.trail(book, path)))
                .sorted(Comparator.comparingInt(Spot::first).thenComparingInt(Spot::last))
                .toList();
        List<Passage> passages = new ArrayList<>();
        List<Place> places = new ArrayList<>();
        int first = 0;
        int last = -1;
        for (Spot spot : spots) {
            if (!places.isEmpty() && spot.first() > Math.max(first, last)) {
                passages.add(passage(places, first, last, lines));
                places = new ArrayList<>();
            }
            first = places.isEmpty() ? spot.first() : first;
            last = places.isEmpty() ? spot.last() : Math.max(last, spot.last());
            places.add(spot.place());
        }
        if (!places.isEmpty()) {
            passages.add(passage(places, first, last, lines));
        }
        return passages;
    }

    private static Passage passage(List<Place> places, int first, int last, List<String> lines) {
        return new Passage(List.copyOf(places), first, last, String.join("\n", lines.subList(first - 1, last)));
    }

    private static Spot spot(Node root, List<String> lines, String path, List<Object> trail) {
        Node here = root;
        int first = lines.size();
        int last = lines.size() - 1; // nothing, behind the last line: what the file itself lacks is added there
        boolean shared = false;
        for (int i = 0; i < trail.size(); i++) {
            boolean end = i == trail.size() - 1;
            Object step = trail.get(i);
            if (step instanceof Integer number) {
                Node item = here instanceof SequenceNode list ? list.getValue().get(number) : here;
                boolean elsewhere = !within(item, here);
                if (!elsewhere || !end) {
                    first = item.getStartMark().getLine() + 1;
                    last = last(item, lines);
                    shared |= elsewhere;
                }
                here = item;
            } else {
                NodeTuple entry = entry(here, step.toString()).orElse(null);
                if (entry == null) {
                    return new Spot(new Place(path, false, shared), first, last);
                }
                Node value = entry.getValueNode();
                boolean elsewhere = !within(value, here);
                if (elsewhere && !end) {
                    first = value.getStartMark().getLine() + 1;
                    last = last(value, lines);
                    shared = true;
                } else {
                    first = entry.getKeyNode().getStartMark().getLine() + 1;
                    last = elsewhere ? first : Math.max(first, last(value, lines));
                }
                here = value;
            }
        }
        return new Spot(new Place(path, true, shared), first, last);
    }

    /** Not so where an alias refers to what is written elsewhere. */
    private static boolean within(Node inner, Node outer) {
        return inner.getStartMark().getIndex() >= outer.getStartMark().getIndex()
                && inner.getEndMark().getIndex() <= outer.getEndMark().getIndex();
    }

    private static Optional<NodeTuple> entry(Node node, String key) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode name
                                && name.getValue().strip().equals(key))
                        .findFirst()
                : Optional.empty();
    }

    /** The last line of a part, from 1. What is written in a block ends, for the parser, where the next part begins. */
    private static int last(Node node, List<String> lines) {
        int line = node.getEndMark().getLine() + 1;
        if (!ends(node)) {
            line--;
            while (line > 1 && lines.get(line - 1).strip().matches("|#.*")) {
                line--;
            }
        }
        return Math.max(line, node.getStartMark().getLine() + 1);
    }

    /** Whether the parser knows where a part ends. */
    private static boolean ends(Node node) {
        if (node instanceof ScalarNode scalar) {
            return switch (scalar.getScalarStyle()) {
                case LITERAL, FOLDED -> false;
                default -> true;
            };
        }
        return node instanceof MappingNode mapping
                ? mapping.getFlowStyle() == FlowStyle.FLOW
                : ((SequenceNode) node).getFlowStyle() == FlowStyle.FLOW;
    }

    /**
     * The text with other lines in the place of each passage.
     *
     * @param passages of this text, as {@link #at} gave them
     * @param instead one for each passage, as a browser sends them; empty takes the lines out
     */
    public static String splice(String text, List<Passage> passages, List<String> instead) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        for (int i = passages.size() - 1; i >= 0; i--) {
            Passage passage = passages.get(i);
            List<String> old = lines.subList(passage.first() - 1, passage.last());
            old.clear();
            String written = plain(instead.get(i));
            if (!written.isEmpty()) {
                List<String> fresh = new ArrayList<>(List.of(written.split("\n", -1)));
                fresh.remove(fresh.size() - 1);
                lines.addAll(passage.first() - 1, fresh);
            }
        }
        return String.join("\n", lines);
    }

    /** The text with another first day of its edition; unchanged where none is written, which reading it will say. */
    public static String dated(String text, LocalDate from) {
        Node day = find(text, List.of("edition", "from"));
        if (day == null) {
            return text;
        }
        int start = text.offsetByCodePoints(0, day.getStartMark().getIndex());
        int end = text.offsetByCodePoints(0, day.getEndMark().getIndex());
        return text.substring(0, start) + from + text.substring(end);
    }

    private static @Nullable Node find(String text, List<String> keys) {
        Node here;
        try {
            here = Binder.compose(text);
        } catch (YAMLException faulty) {
            return null;
        }
        for (String key : keys) {
            here = here == null
                    ? null
                    : entry(here, key).map(NodeTuple::getValueNode).orElse(null);
        }
        return here instanceof ScalarNode ? here : null;
    }
}
