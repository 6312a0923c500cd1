package io.homeroom.governance;

import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How many hold a grade or a post, and how many more may. */
@Service
@Transactional(readOnly = true)
public class Seats {

    private final Roster roster;
    private final Lawbook law;
    private final BusinessClock clock;

    Seats(Roster roster, Lawbook law, BusinessClock clock) {
        this.roster = roster;
        this.law = law;
        this.clock = clock;
    }

    /** Holders of a grade, or of a post; the lowest post of a line is held by the higher ones too. */
    public int held(String gradeOrPost) {
        Rulebook book = law.of(clock.today());
        if (book.grade(gradeOrPost).isPresent()) {
            return roster.count(gradeOrPost);
        }
        return posts(including(book, gradeOrPost));
    }

    /** Seats still free under the cap; empty where the bylaws set none. */
    public Optional<Integer> open(String gradeOrPost) {
        Rulebook book = law.of(clock.today());
        Integer cap = book.grade(gradeOrPost)
                .map(Rulebook.Grade::cap)
                .or(() -> book.post(gradeOrPost).map(Rulebook.Post::max))
                .orElse(null);
        return cap == null ? Optional.empty() : Optional.of(Math.max(0, cap - held(gradeOrPost)));
    }

    /** Seats filled by members who may use them: one whose rights are at rest is no part of a quorum or of its base. */
    int inBody(Rulebook.Body rule) {
        Rulebook book = law.of(clock.today());
        if (rule.posts().isEmpty()) {
            List<String> grades = rule.grades().isEmpty()
                    ? book.grades().stream().map(Rulebook.Grade::name).toList()
                    : rule.grades();
            return grades.stream().mapToInt(roster::countActive).sum();
        }
        List<String> held = rule.posts().stream()
                .flatMap(post ->
                        book.posts().stream().map(Rulebook.Post::name).filter(name -> book.includes(name, post)))
                .distinct()
                .toList();
        return posts(held) - held.stream().mapToInt(roster::countResting).sum();
    }

    private int posts(List<String> names) {
        return names.stream().mapToInt(roster::countPost).sum();
    }

    /** The lowest post of a line is held by all of the line; a higher one only by its own holders. */
    private static List<String> including(Rulebook book, String post) {
        String line = book.post(post).map(Rulebook.Post::line).orElse(null);
        boolean lowest = line != null
                && book.posts().stream()
                        .filter(other -> line.equals(other.line()))
                        .findFirst()
                        .map(other -> other.name().equals(post))
                        .orElse(false);
        return lowest
                ? book.posts().stream()
                        .map(Rulebook.Post::name)
                        .filter(name -> book.includes(name, post))
                        .toList()
                : List.of(post);
    }
}
