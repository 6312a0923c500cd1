package io.homeroom.liaison;

import io.homeroom.ground.Tenant;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.Member;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Class groups: which customer groups belong to a class teacher, who of the class is in them and who is missing (WHJX-8-1).
 * People are told by their names, or by the member's name in theirs, as colleagues remark them in WeCom.
 */
@Service
@Transactional
public class Groups {

    private final JdbcClient jdbc;
    private final Classes classes;
    private final Contacts contacts;
    private final BusinessClock clock;

    Groups(JdbcClient jdbc, Classes classes, Contacts contacts, BusinessClock clock) {
        this.jdbc = jdbc;
        this.classes = classes;
        this.contacts = contacts;
        this.clock = clock;
    }

    /** Who of a class is in its groups. */
    public record Attendance(List<Member> there, List<Member> missing) {

        public Attendance {
            there = List.copyOf(there);
            missing = List.copyOf(missing);
        }
    }

    /** A class teacher's groups that exist, the largest first. */
    @Transactional(readOnly = true)
    public List<Group> of(long teacherId) {
        return jdbc.sql("select chat_id, teacher_id, name, people, dissolved, seen_at from class_group"
                        + " where association_id = :association and teacher_id = :teacher and dissolved = false"
                        + " order by length(people) desc, chat_id")
                .param("association", Tenant.current())
                .param("teacher", teacherId)
                .query((row, n) -> new Group(
                        row.getString("chat_id"),
                        row.getLong("teacher_id"),
                        row.getString("name"),
                        row.getString("people").isEmpty()
                                ? List.of()
                                : List.of(row.getString("people").split("\n")),
                        row.getBoolean("dissolved"),
                        row.getObject("seen_at", LocalDateTime.class).toInstant(ZoneOffset.UTC)))
                .list();
    }

    /** Who of a teacher's class is in the teacher's groups and who is missing. */
    @Transactional(readOnly = true)
    public Attendance attendance(long teacherId) {
        List<String> people =
                of(teacherId).stream().flatMap(group -> group.people().stream()).toList();
        List<Member> all = classes.classOf(teacherId);
        Map<Long, List<Contact>> known =
                contacts.ofAll(all.stream().map(Member::id).toList());
        List<Member> there = new ArrayList<>();
        List<Member> missing = new ArrayList<>();
        for (Member member : all) {
            List<Contact> own = known.getOrDefault(member.id(), List.of());
            boolean in = people.stream()
                    .anyMatch(person -> person.contains(member.name())
                            || own.stream()
                                    .anyMatch(contact -> !contact.name().isBlank() && person.equals(contact.name())));
            (in ? there : missing).add(member);
        }
        return new Attendance(there, missing);
    }

    /** Notes a group as WeCom shows it now. */
    public void seen(GroupLine.Chat chat, long teacherId) {
        jdbc.sql("insert into class_group (association_id, chat_id, teacher_id, name, people, dissolved,"
                        + " seen_at) values (:association, :chat, :teacher, :name, :people, false, :at) on"
                        + " duplicate key update teacher_id = :teacher, name = :name, people = :people, dissolved"
                        + " = false, seen_at = :at")
                .param("association", Tenant.current())
                .param("chat", chat.chatId())
                .param("teacher", teacherId)
                .param("name", Covers.cut(chat.name(), 200))
                .param("people", String.join("\n", chat.customers()))
                .param("at", LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .update();
    }

    /** Notes that a group was dissolved. */
    public void gone(String chatId) {
        jdbc.sql("update class_group set dissolved = true where association_id = :association and chat_id = :chat")
                .param("association", Tenant.current())
                .param("chat", chatId)
                .update();
    }

    /** Groups on record that exist. */
    @Transactional(readOnly = true)
    Optional<Long> teacherOf(String chatId) {
        return jdbc.sql("select teacher_id from class_group where association_id = :association and chat_id = :chat")
                .param("association", Tenant.current())
                .param("chat", chatId)
                .query(Long.class)
                .optional();
    }

    @Transactional(readOnly = true)
    List<String> known() {
        return jdbc.sql("select chat_id from class_group where association_id = :association and dissolved = false")
                .param("association", Tenant.current())
                .query(String.class)
                .list();
    }
}
