package io.homeroom.chat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Guesses what was meant. A known word or sentence decides at once; otherwise cues in the sentence and its
 * likeness to known sentences are added up, and only a guess that stands clear of the next is acted on.
 * Money and rights are talked about here: an honest question back is better than a wrong answer.
 */
final class Understanding {

    /**
     * What was understood.
     *
     * @param clear one intent stands out, the first of {@code likely}
     * @param likely the likeliest intents, best first; empty if nothing fits
     * @param besides what was asked for as clearly in the same breath, in the order of asking
     */
    record Guess(boolean clear, List<Intent> likely, List<Intent> besides) {

        Guess(boolean clear, List<Intent> likely) {
            this(clear, likely, List.of());
        }

        Intent first() {
            return likely.get(0);
        }
    }

    private record Score(Intent intent, double points, double coverage, double likeness) {}

    private record Cue(String text, int weight) {}

    private static final double CERTAIN = 7;
    private static final double LIKELY = 5;
    private static final double POSSIBLE = 2;
    private static final double APART = 1.5;
    /** What is heard only by its sound counts for less. */
    private static final double BY_SOUND = 0.8;

    /** Where one question ends and another may begin. */
    private static final Pattern BETWEEN = Pattern.compile("[，,、。.；;？?！!～~\\s]+|还有|另外|顺便|同时|以及|再问");
    /** What does not go with another question: it sets something off, or is said beside the matter. */
    private static final Set<Intent> ALONE = EnumSet.of(
            Intent.HUMAN,
            Intent.BIND,
            Intent.UNBIND,
            Intent.SWITCH,
            Intent.BRANCH,
            Intent.BALLOT,
            Intent.EXCUSE,
            Intent.UNCHANGED,
            Intent.CONFIRM,
            Intent.CANCEL);

    private static final Set<Intent> MANNERS = EnumSet.of(Intent.HELP, Intent.WHO, Intent.THANKS);

    private final Wording wording;
    /** Its dictionary takes a while to read: it is read beside the start, and whoever asks too early waits for it. */
    private final CompletableFuture<Examples> examples;

    private final Map<String, Intent> known = new HashMap<>();
    private final Map<String, Intent> knownBySound = new HashMap<>();
    private final Map<Intent, List<Cue>> cues = new EnumMap<>(Intent.class);
    private final Map<Intent, List<Cue>> cuesBySound = new EnumMap<>(Intent.class);

    Understanding(Lexicon lexicon, Wording wording) {
        this.wording = wording;
        Map<String, Intent> sentences = new HashMap<>();
        lexicon.entries().forEach((intent, entry) -> {
            List<String> says = new ArrayList<>(entry.says());
            says.add(entry.word());
            for (String say : says) {
                Intent other = known.put(wording.letters(say), intent);
                if (other != null && other != intent) {
                    throw new IllegalStateException(say + " is said for both " + other + " and " + intent);
                }
                sentences.putIfAbsent(wording.plain(say), intent);
            }
            entry.keys().forEach(key -> known.putIfAbsent(key.toLowerCase(Locale.ROOT), intent));
            List<Cue> plain = new ArrayList<>();
            List<Cue> sounded = new ArrayList<>();
            entry.cues().forEach((text, weight) -> {
                plain.add(new Cue(text, weight));
                sounded.add(new Cue(wording.sounded(text), weight));
            });
            Comparator<Cue> longestFirst =
                    Comparator.comparingInt((Cue cue) -> cue.text().length()).reversed();
            plain.sort(longestFirst);
            sounded.sort(longestFirst);
            cues.put(intent, plain);
            cuesBySound.put(intent, sounded);
        });
        // Only now, so that a sentence stripped of its politeness never hides one that is said just so.
        sentences.forEach(known::putIfAbsent);
        known.forEach((text, intent) -> knownBySound.putIfAbsent(wording.sounded(text), intent));
        this.examples = CompletableFuture.supplyAsync(() -> new Examples(sentences));
    }

    /** What a text, or the key of a menu button, asks for. */
    Guess of(String heard) {
        Guess whole = asHeard(heard);
        List<Intent> several = exact(heard) == null ? several(heard) : List.of();
        if (several.size() > 1) {
            return new Guess(true, several.subList(0, 1), several.subList(1, several.size()));
        }
        String undated = SaidDays.undated(heard);
        if (whole.clear() || undated.equals(heard)) {
            return whole;
        }
        Guess bare = asHeard(undated);
        // A day does not hide that a reason is asked for; to other matters days belong.
        return bare.clear() && bare.first() == Intent.WHY ? bare : whole;
    }

    /** The questions that each part of a sentence asks clearly; none where a part wants something done. */
    private List<Intent> several(String heard) {
        String[] parts = BETWEEN.split(heard);
        if (parts.length < 2) {
            return List.of();
        }
        Set<Intent> asked = new LinkedHashSet<>();
        for (String part : parts) {
            Guess guess = wording.mere(part) ? new Guess(false, List.of()) : asHeard(part);
            if (guess.clear() && ALONE.contains(guess.first())) {
                return List.of();
            }
            if (guess.clear() && !MANNERS.contains(guess.first())) {
                asked.add(guess.first());
            }
        }
        return List.copyOf(asked);
    }

    private @Nullable Intent exact(String heard) {
        Intent exact = known.get(heard.strip().toLowerCase(Locale.ROOT));
        if (exact == null) {
            exact = known.get(wording.letters(heard));
        }
        return exact == null ? known.get(wording.plain(heard)) : exact;
    }

    private Guess asHeard(String heard) {
        Intent exact = exact(heard);
        if (exact != null) {
            return new Guess(true, List.of(exact));
        }
        String plain = wording.plain(heard);
        if (plain.isEmpty()) {
            return new Guess(false, List.of());
        }
        Guess guess = judge(scores(plain, cues, examples.join().like(plain), 1));
        if (guess.clear()) {
            return guess;
        }
        String sounded = wording.sounded(plain);
        Intent bySound = knownBySound.get(sounded);
        if (bySound != null) {
            return new Guess(true, List.of(bySound));
        }
        Guess second = judge(scores(sounded, cuesBySound, Map.of(), BY_SOUND));
        return second.clear() || guess.likely().isEmpty() ? second : guess;
    }

    private List<Score> scores(String text, Map<Intent, List<Cue>> among, Map<Intent, Double> likeness, double factor) {
        List<Score> scores = new ArrayList<>();
        among.forEach((intent, parts) -> {
            boolean[] covered = new boolean[text.length()];
            int points = 0;
            for (Cue cue : parts) {
                int at = text.indexOf(cue.text());
                if (at >= 0 && !covered[at] && !covered[at + cue.text().length() - 1]) {
                    points += cue.weight();
                    for (int i = at; i < at + cue.text().length(); i++) {
                        covered[i] = true;
                    }
                }
            }
            int said = 0;
            for (boolean c : covered) {
                said += c ? 1 : 0;
            }
            double alike = likeness.getOrDefault(intent, 0.0);
            double total = points * factor + 6 * alike;
            if (total > 0) {
                scores.add(new Score(intent, total, (double) said / text.length(), alike));
            }
        });
        scores.sort(Comparator.comparingDouble(Score::points).reversed());
        return scores;
    }

    private static Guess judge(List<Score> scores) {
        if (scores.isEmpty() || scores.get(0).points() < POSSIBLE) {
            return new Guess(false, List.of());
        }
        Score best = scores.get(0);
        double next = scores.size() > 1 ? scores.get(1).points() : 0;
        boolean strong = best.points() >= CERTAIN
                || best.points() >= LIKELY && (best.coverage() >= 0.4 || best.likeness() >= 0.55);
        boolean clear = strong && best.points() - next >= APART;
        List<Intent> likely = scores.stream()
                .filter(score -> score.points() >= POSSIBLE)
                .map(Score::intent)
                .limit(3)
                .toList();
        return new Guess(clear, likely);
    }

    /** How alike two texts are by their pairs of neighbouring characters, 0 to 1; forgives a slip in a word. */
    static double alike(String a, String b) {
        if (a.equals(b)) {
            return 1;
        }
        Set<String> pairsOfA = pairs(a);
        Set<String> pairsOfB = pairs(b);
        if (pairsOfA.isEmpty() || pairsOfB.isEmpty()) {
            return 0;
        }
        long shared = pairsOfA.stream().filter(pairsOfB::contains).count();
        double pairwise = 2.0 * shared / (pairsOfA.size() + pairsOfB.size());
        return a.length() == b.length() && a.length() >= 3 && oneSlip(a, b) ? Math.max(pairwise, 0.7) : pairwise;
    }

    private static boolean oneSlip(String a, String b) {
        int slips = 0;
        for (int i = 0; i < a.length(); i++) {
            slips += a.charAt(i) == b.charAt(i) ? 0 : 1;
        }
        return slips == 1;
    }

    private static Set<String> pairs(String text) {
        Set<String> pairs = new HashSet<>();
        for (int i = 0; i + 1 < text.length(); i++) {
            pairs.add(text.substring(i, i + 2));
        }
        return pairs;
    }
}
