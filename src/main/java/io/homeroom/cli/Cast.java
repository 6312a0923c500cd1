package io.homeroom.cli;

import io.homeroom.member.Member;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who stands behind the names of a rehearsal. */
final class Cast {

    /** A person of the file: what a form would ask about it. */
    record Person(boolean head, @Nullable String represents) {}

    final Map<String, Long> members = new LinkedHashMap<>();
    final Map<String, Long> teachers = new LinkedHashMap<>();
    final Map<String, Person> persons = new LinkedHashMap<>();
    final Map<String, Long> resolutions = new LinkedHashMap<>();

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
