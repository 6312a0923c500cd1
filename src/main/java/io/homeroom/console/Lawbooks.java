package io.homeroom.console;

import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The rulebooks in force today. */
@Component
class Lawbooks {

    private final Lawbook lawbook;
    private final BusinessClock clock;

    Lawbooks(Lawbook lawbook, BusinessClock clock) {
        this.lawbook = lawbook;
        this.clock = clock;
    }

    Rulebook of(String code) {
        return lawbook.of(code, clock.today());
    }

    /** The text of its rulebook file; empty where none was kept. */
    Optional<String> text(String code) {
        return lawbook.text(code);
    }

    /** The association's full name; its code while it has no rulebook. */
    String name(String code) {
        return lawbook.associations().contains(code) ? of(code).name() : code;
    }

    /** Whether members owe dues at all. */
    boolean dues(String code) {
        return lawbook.associations().contains(code) && of(code).fees() != null;
    }

    /** On what class teachers rest; empty where the bylaws know none. */
    List<String> teacherClauses(String code) {
        Rulebook.Teacher teacher = of(code).teacher();
        return teacher == null ? List.of() : teacher.cite();
    }
}
