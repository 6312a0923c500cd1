package io.homeroom.liaison;

import io.homeroom.desk.NewTask;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Tasks;
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
    private final Tasks tasks;
    private final BusinessClock clock;

    Groups(JdbcClient jdbc, Classes classes, Contacts contacts, Tasks tasks, BusinessClock clock) {
        this.jdbc = jdbc;
        this.classes = classes;
        this.contacts = contacts;
        this.tasks = tasks;
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
            boolean in = people.stream().anyMatch(person -> speaksFor(person, member, own));
            (in ? there : missing).add(member);
        }
        return new Attendance(there, missing);
    }

    /** Which customer of WeCom speaks for each of these members, as far as this teacher has it as contact. */
    @Transactional(readOnly = true)
    public Map<Long, String> friends(long teacherId, List<Member> members) {
        List<GroupLine.Friend> known = jdbc.sql("select external_id, name from class_friend where association_id ="
                        + " :association and teacher_id = :teacher order by external_id")
                .param("association", Tenant.current())
                .param("teacher", teacherId)
                .query((row, n) -> new GroupLine.Friend(row.getString("external_id"), row.getString("name")))
                .list();
        Map<Long, List<Contact>> people =
                contacts.ofAll(members.stream().map(Member::id).toList());
        Map<Long, String> found = new java.util.HashMap<>();
        for (Member member : members) {
            List<Contact> own = people.getOrDefault(member.id(), List.of());
            known.stream()
                    .filter(friend -> speaksFor(friend.name(), member, own))
                    .findFirst()
                    .ifPresent(friend -> found.put(member.id(), friend.externalId()));
        }
        return found;
    }

    private static boolean speaksFor(String person, Member member, List<Contact> own) {
        return person.contains(member.name())
                || own.stream().anyMatch(contact -> !contact.name().isBlank() && person.equals(contact.name()));
    }

    /** Notes a teacher's contacts as WeCom shows them now. */
    public void befriended(long teacherId, List<GroupLine.Friend> friends) {
        jdbc.sql("delete from class_friend where association_id = :association and teacher_id = :teacher")
                .param("association", Tenant.current())
                .param("teacher", teacherId)
                .update();
        for (GroupLine.Friend friend : friends) {
            jdbc.sql("insert into class_friend (association_id, teacher_id, external_id, name) values (:association,"
                            + " :teacher, :external, :name)")
                    .param("association", Tenant.current())
                    .param("teacher", teacherId)
                    .param("external", friend.externalId())
                    .param("name", Covers.cut(friend.name(), 200))
                    .update();
        }
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

    /** Notes that a group was dissolved; its teacher is asked to make another one. */
    public void gone(String chatId) {
        int changed = jdbc.sql("update class_group set dissolved = true where association_id = :association"
                        + " and chat_id = :chat and dissolved = false")
                .param("association", Tenant.current())
                .param("chat", chatId)
                .update();
        Optional<Long> teacher = teacherOf(chatId);
        if (changed == 1 && teacher.isPresent() && of(teacher.get()).isEmpty()) {
            tasks.open(NewTask.of(
                            "group-gone",
                            StaffMember.address(teacher.get()),
                            "班级群解散了。请在企业微信里重新建一个客户群（你是群主），把班里的联络员拉进来；十分钟内会自动认出来")
                    .due(clock.today())
                    .once("group-gone:" + chatId + ":" + clock.today()));
        }
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
