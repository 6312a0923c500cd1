package io.homeroom.cli;

import io.homeroom.member.Member;
import io.homeroom.rulebook.Rulebook;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who stands behind the names of a rehearsal. */
final class Cast {

    /** A person of the file: what a form would ask about it. */
    record Person(boolean head, @Nullable String represents) {}

    final Map<String, Long> members = new LinkedHashMap<>();
    final Map<String, Long> teachers = new LinkedHashMap<>();
    final Map<String, Person> persons = new LinkedHashMap<>();
    final Map<String, Long> resolutions = new LinkedHashMap<>();

    @Nullable
    Rulebook book;

    /** Who represents a unit of the file; a name of its own where the file names nobody. */
    String representing(String unit, String otherwise) {
        return persons.entrySet().stream()
                .filter(person -> unit.equals(person.getValue().represents()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(otherwise);
    }

    /** Clauses that something was seen to rest on, as the file expects: what a header only claims is not among them. */
    final Set<String> asserted = new TreeSet<>();

    /** Counts those of the expected clauses that were found. */
    void asserts(Collection<String> expected, Collection<String> found) {
        expected.stream().filter(found::contains).forEach(asserted::add);
    }

    /** Names that the file has spoken of without their being on the roster: refused applicants, parts of a split. */
    final Set<String> nobodies = new LinkedHashSet<>();

    long member(String name) {
        Long id = members.get(name);
        if (id == null) {
            throw new Script.Fault("没有叫“" + name + "”的会员");
        }
        return id;
    }

    long teacher(String name) {
        Long id = teachers.get(name);
        if (id == null) {
            throw new Script.Fault("没有叫“" + name + "”的班主任");
        }
        return id;
    }

    /** How tasks and notices address whoever the file names: a teacher by its staff id, others as written. */
    String address(String name) {
        Long teacher = teachers.get(name);
        return teacher == null ? name : "staff:" + teacher;
    }

    void play(String name, Member member) {
        members.put(name, member.id());
    }
}
